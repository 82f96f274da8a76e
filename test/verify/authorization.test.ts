import { describe, expect, it } from "vitest";
import { shadowCounts } from "../../verify/authorizationFindings.ts";

describe("what proxies counted of policies that are tried out", () => {
  it("is added up over Pods, by what would refuse", () => {
    const stats = (allowed: number, denied: number) =>
      [
        "http.InboundPassthroughCluster;.rbac.istio_dry_run_allow_.shadow_denied: 0",
        "http.inbound_0.0.0.0_9080;.rbac.denied: 77",
        `http.inbound_0.0.0.0_9080;.rbac.istio_dry_run_allow_.shadow_allowed: ${allowed}`,
        `http.inbound_0.0.0.0_9080;.rbac.istio_dry_run_allow_.shadow_denied: ${denied}`,
        "http.inbound_0.0.0.0_9080;.rbac.istio_dry_run_deny_.shadow_allowed: 93",
        "http.inbound_0.0.0.0_9080;.rbac.istio_dry_run_deny_.shadow_denied: 8",
        "tcp.rbac.istio_dry_run_allow_.shadow_denied: 5",
        "",
      ].join("\n");
    expect(shadowCounts([stats(10, 3), stats(20, 0)])).toEqual({
      allow: { refused: 3, requests: 33 },
      deny: { refused: 16, requests: 202 },
    });
  });

  it("is nothing where nothing is tried out", () => {
    expect(shadowCounts([""])).toEqual({ allow: { refused: 0, requests: 0 }, deny: { refused: 0, requests: 0 } });
  });
});
