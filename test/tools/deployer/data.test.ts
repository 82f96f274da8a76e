import { expect, it } from "vitest";
import { iamData } from "../../../tools/deployer/data.ts";

const TAG = "aws:ResourceTag/${TagKey}";
const definition = {
  version: "2",
  ec2: {
    privileges: {
      DeleteVpc: {
        access_level: "Write",
        resource_types: { vpc: { required: true, condition_keys: [TAG] }, "": { required: false, condition_keys: [] } },
      },
      DeleteRoute: {
        access_level: "Write",
        resource_types: {
          "route-table": { required: true, condition_keys: [TAG] },
          other: { required: false, condition_keys: [] },
        },
      },
      DescribeVpcs: { access_level: "List", resource_types: { "": { required: false, condition_keys: [] } } },
    },
  },
};

it("has the calls of what makes, reads, changes and deletes, once, and what AWS says of each", () => {
  const handlers = {
    create: { permissions: ["ec2:DeleteVpc", "ec2:NoSuch"] },
    delete: { permissions: ["ec2:DeleteVpc", "ec2:DeleteRoute"] },
    list: { permissions: ["ec2:DescribeAll"] },
  };
  expect(iamData({ "AWS::EC2::VPC": { handlers } }, ["ec2:DescribeVpcs"], definition, { asOf: "today" })).toEqual({
    asOf: "today",
    handlers: { "AWS::EC2::VPC": ["ec2:DeleteRoute", "ec2:DeleteVpc", "ec2:NoSuch"] },
    actions: {
      "ec2:DeleteVpc": { level: "Write", isTagged: true, resources: ["vpc"] },
      "ec2:DeleteRoute": { level: "Write", isTagged: false, resources: ["route-table", "other"] },
      "ec2:DescribeVpcs": { level: "List", isTagged: false, resources: [] },
    },
  });
});
