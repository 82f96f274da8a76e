import type { Botocore } from "./botocore.ts";
import { excesses } from "./limits.ts";
import { requestsFor, type Given } from "./requests.ts";

/** What AWS's models have against what is given to AWS, for each of it. */
export async function judged(given: readonly Given[], botocore: Botocore): Promise<string[][]> {
  const { modelOf } = botocore;
  const requested = given.map((each) => requestsFor(each, modelOf));
  const all = requested.flatMap(({ requests }) => requests);
  const objections = await botocore.objections(all);
  const objectionTo = new Map(all.map((request, index) => [request, objections[index] ?? ""]));
  return requested.map(({ requests, problems }, index) => {
    const found = requests.flatMap((request) => [
      ...excesses(request, modelOf),
      ...(objectionTo.get(request) ?? "").split("\n").filter((line) => line !== ""),
    ]);
    return [...problems, ...found].map((problem) => `${given[index]?.type} ${given[index]?.name}: ${problem}`);
  });
}
