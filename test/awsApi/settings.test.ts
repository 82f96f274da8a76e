// What the settings take, AWS takes: held to AWS's own models, as far as the settings let a stack file go.
import { beforeAll, describe, expect, it } from "vitest";
import awsData from "../../components/cluster/eks/aws.json" with { type: "json" };
import { mapOf } from "../../lib/untrusted.ts";
import { mostOwnTags } from "../../settings/defaultTags.ts";
import { settingsProblems } from "../../settings/parse.ts";
import { Botocore } from "./botocore.ts";
import { extreme, extremes } from "./extremes.ts";
import { givenBy } from "./given.ts";
import { judged } from "./judge.ts";
import { clusters, fileOf } from "./stackFiles.ts";

const { lengths } = awsData;

let botocore: Botocore;
beforeAll(async () => {
  botocore = await Botocore.installed();
}, 120_000);

it("AWS's models take as many tags as the settings do, beside the program's own", async () => {
  const most = lengths.iam.tagListType - mostOwnTags;
  const tags = Object.fromEntries(Array.from({ length: most }, (_, index) => [`tag-${index}`, "x"]));
  for (const cluster of Object.values(clusters)) {
    const given = await givenBy(fileOf(cluster, tags));
    expect(given.filter(({ inputs }) => Object.keys(mapOf(inputs.tags)).length > mostOwnTags)).toEqual([]);
    expect((await judged(given, botocore)).flat()).toEqual([]);
  }
});

// The others hardly have a setting that these have not.
describe.each(Object.entries(clusters).slice(0, 2))("AWS's models take %s", (_title, cluster) => {
  const file = fileOf(cluster);

  it.each(Object.entries(extremes))("%s", async (_how, make) => {
    const farthest = extreme(file, make);
    expect(settingsProblems(farthest)).toEqual([]);
    expect(farthest).not.toEqual(file);
    expect((await judged(await givenBy(farthest), botocore)).flat()).toEqual([]);
  });
});
