import { describe, expect, it } from "vitest";
import type { PeerAuthentication } from "../../verify/declared.ts";
import { modeOf } from "../../verify/plainText.ts";

const rule = (namespace: string, spec: PeerAuthentication["spec"]): PeerAuthentication => ({
  kind: "PeerAuthentication",
  metadata: { name: "rule", namespace },
  spec,
});
const labels = { app: "reviews", version: "v1" };
const ofReviews = { matchLabels: { app: "reviews" } };
const mode = (...rules: PeerAuthentication[]) => modeOf(rules, "bookinfo", labels, 9080)?.mode;

const mesh = rule("istio-system", { mtls: { mode: "STRICT" } });
const namespace = rule("bookinfo", { mtls: { mode: "PERMISSIVE" } });

describe("the mode for a pod", () => {
  it.each<[why: string, rules: PeerAuthentication[], mode: string | undefined]>([
    ["nobody says one", [], undefined],
    ["the mesh says one", [mesh], "STRICT"],
    ["the namespace has its own", [mesh, namespace], "PERMISSIVE"],
    ["another namespace has one", [rule("default", { mtls: { mode: "STRICT" } })], undefined],
    [
      "the workload has its own",
      [mesh, namespace, rule("bookinfo", { selector: ofReviews, mtls: { mode: "DISABLE" } })],
      "DISABLE",
    ],
    [
      "another workload has one",
      [namespace, rule("bookinfo", { selector: { matchLabels: { app: "ratings" } }, mtls: { mode: "STRICT" } })],
      "PERMISSIVE",
    ],
    [
      "its port has one",
      [
        rule("bookinfo", {
          selector: ofReviews,
          mtls: { mode: "STRICT" },
          portLevelMtls: { "9080": { mode: "DISABLE" } },
        }),
      ],
      "DISABLE",
    ],
    [
      "another port has one",
      [
        rule("bookinfo", {
          selector: ofReviews,
          mtls: { mode: "STRICT" },
          portLevelMtls: { "80": { mode: "DISABLE" } },
        }),
      ],
      "STRICT",
    ],
    ["the namespace leaves it open", [mesh, rule("bookinfo", { mtls: { mode: "UNSET" } })], "STRICT"],
    [
      "the mesh's rule is for a workload",
      [rule("istio-system", { selector: ofReviews, mtls: { mode: "STRICT" } })],
      undefined,
    ],
  ])("when %s", (_why, rules, expected) => {
    expect(mode(...rules)).toBe(expected);
  });
});
