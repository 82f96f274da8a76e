import { describe, expect, it } from "vitest";
import { eksNodesRequireMetadataTokens } from "../../../../policies/rules/eks/eks-nodes-require-metadata-tokens.ts";
import { describeRule } from "../../describeRule.ts";
import { launchTemplate, nodeGroup } from "../../eks.ts";
import { meshObject, unknown } from "../../judge.ts";

const here = "metadataOptions.httpTokens";

describeRule(eksNodesRequireMetadataTokens, {
  accepts: {
    "tokens required": [launchTemplate({ metadataOptions: { httpTokens: "required" } })],
    "no metadata at all": [launchTemplate({ metadataOptions: { httpEndpoint: "disabled" } })],
    "Amazon Linux 2023": [nodeGroup({ amiType: "AL2023_x86_64_STANDARD" }), nodeGroup({})],
    "Amazon Linux 2 with a template": [nodeGroup({ amiType: "AL2_x86_64", launchTemplate: { id: "lt-1" } })],
    "a machine": [{ type: "aws:ec2/instance:Instance", props: { metadataOptions: { httpTokens: "required" } } }],
  },
  refuses: {
    "tokens optional": [[launchTemplate({ metadataOptions: { httpTokens: "optional" } })], here],
    "nothing said": [[launchTemplate({ imageId: "ami-1" })], here],
    "Amazon Linux 2": [[nodeGroup({ amiType: "AL2_ARM_64" })], "amiType"],
    "a machine without": [[{ type: "aws:ec2/instance:Instance", props: {} }], here],
  },
  waits: { "computed options": [[launchTemplate({ metadataOptions: unknown.object })], "metadataOptions"] },
});

describe("the remedy of eks-nodes-require-metadata-tokens", () => {
  const remedies = (type: string, props: object) => [
    ...(eksNodesRequireMetadataTokens.remedy?.(meshObject(type, "nodes", props)) ?? []),
  ];
  const set = (name: string, value: unknown) => ({ path: ["metadataOptions", name], value });

  it.each([
    [
      "nothing said",
      {},
      [set("httpTokens", "required"), set("httpEndpoint", "enabled"), set("httpPutResponseHopLimit", 2)],
    ],
    [
      "tokens optional",
      { metadataOptions: { httpTokens: "optional", httpEndpoint: "enabled", httpPutResponseHopLimit: 1 } },
      [set("httpTokens", "required")],
    ],
    ["tokens required", { metadataOptions: { httpTokens: "required" } }, []],
    ["no metadata", { metadataOptions: { httpEndpoint: "disabled" } }, []],
    ["computed tokens", { metadataOptions: { httpTokens: unknown.text } }, []],
  ])("where a template has %s", (_what, props, expected) => {
    expect(remedies("aws:ec2/launchTemplate:LaunchTemplate", props)).toEqual(expected);
  });

  it("replaces no image", () => {
    expect(remedies("aws:eks/nodeGroup:NodeGroup", { amiType: "AL2_x86_64" })).toEqual([]);
  });
});
