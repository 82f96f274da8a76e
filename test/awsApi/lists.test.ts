import { expect, it } from "vitest";
import lists from "../../components/cluster/eks/aws.json" with { type: "json" };
import { awsLists, services } from "../../tools/aws/lists.ts";
import { partitionsIn } from "../../tools/aws/models.ts";
import { Botocore } from "./botocore.ts";

it("the lists of AWS's names and limits are those of their botocore; else run make aws-data", async () => {
  const { folder, modelOf } = await Botocore.installed();
  const models = Object.fromEntries(services.map((service) => [service, modelOf(service)]));
  const { asOf, botocore } = lists;
  expect(awsLists(partitionsIn(folder), models, { asOf, botocore })).toEqual(lists);
});
