import { rmSync } from "node:fs";
import * as proto from "@pulumi/pulumi/proto/provider_pb.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Fields } from "../../../testbed/pulumi/provider/values/value.ts";
import { ProviderUnderTest } from "./support/provider.ts";
import { istioModule, readRecordings, titleOf } from "./support/recordings.ts";

const module = istioModule();
/** No cluster is needed: nothing listens there. */
const kubeconfig = JSON.stringify({
  clusters: [{ name: "none", cluster: { server: "http://127.0.0.1:9" } }],
  contexts: [{ name: "none", context: { cluster: "none" } }],
  "current-context": "none",
});
let provider: ProviderUnderTest;

beforeAll(async () => {
  provider = await ProviderUnderTest.start();
  await provider.configure({ kubeconfig });
});

afterAll(async () => {
  await provider.stop();
  rmSync(module, { recursive: true });
});

const nameOf = (values: object, value: number): string | undefined =>
  Object.entries(values).find(([, number]) => number === value)?.[0];

function asRecorded(response: proto.DiffResponse): Fields {
  const detailed = response.getDetaileddiffMap().getEntryList() as [string, unknown][];
  return {
    changes: nameOf(proto.DiffResponse.DiffChanges, response.getChanges()),
    replaces: response.getReplacesList(),
    diffs: response.getDiffsList(),
    deleteBeforeReplace: response.getDeletebeforereplace(),
    hasDetailedDiff: response.getHasdetaileddiff(),
    detailedDiff: Object.fromEntries(
      detailed.map(([path]) => {
        const kind = response.getDetaileddiffMap().get(path)?.getKind() ?? -1;
        return [path, nameOf(proto.PropertyDiff.Kind, kind)];
      }),
    ),
  };
}

describe("the stand-in answers as the real plugin did", () => {
  const checks = readRecordings("check", module).map((call) => ({ title: titleOf(call), call }));
  test.each(checks)("$title", async ({ call }) => {
    expect(await provider.check(call.request)).toEqual(call.response?.inputs);
  });

  const diffs = readRecordings("diff", module).map((call) => ({ title: titleOf(call), call }));
  test.each(diffs)("$title", async ({ call }) => {
    const { changes, replaces, diffs, deleteBeforeReplace, hasDetailedDiff, detailedDiff } = call.response ?? {};
    const kinds = Object.entries((detailedDiff ?? {}) as Fields).map(([path, { kind }]) => [path, kind ?? "ADD"]);
    expect(asRecorded(await provider.diff(call.request))).toEqual({
      changes,
      replaces: replaces ?? [],
      diffs: diffs ?? [],
      deleteBeforeReplace: deleteBeforeReplace ?? false,
      hasDetailedDiff: hasDetailedDiff ?? false,
      detailedDiff: Object.fromEntries(kinds),
    });
  });
});
