import { describe, expect, it } from "vitest";
import { settingsProblems } from "../../../settings/parse.ts";
import { inStackFile } from "../../settings/stackFile.ts";
import { account, client, service, suggested, usual, type Series } from "./recorded.ts";

describe("callers that cannot be allowed", () => {
  const shop = { services: { old: service({ versions: { v1: { image: "a", sidecar: false } } }) } };
  it.each<[what: string, series: Omit<Series, "to">, who: string, remedy: RegExp]>([
    [
      "without an identity",
      { labels: { source_workload: "curl", source_workload_namespace: "legacy" } },
      "curl.legacy",
      /^plain text: .* a sidecar.*mtls: STRICT/,
    ],
    ["of whom nothing is known", {}, "unknown", /^plain text: .* a sidecar.*mtls: STRICT/],
    ["without a certificate", { by: "-" }, "unknown", /^no certificate: .* a sidecar.*mtls: STRICT/],
    ["without a sidecar, in the stack file", { by: account("shop", "shop-old") }, "old", /let it have one/],
    [
      "of another trust domain",
      { by: account("bookinfo", "bookinfo-reviews", "other.example.com") },
      account("bookinfo", "bookinfo-reviews", "other.example.com"),
      /trustDomainAliases/,
    ],
    [
      "whose name is no service account",
      { by: "spiffe://cluster.local/vm/one" },
      "spiffe://cluster.local/vm/one",
      /AuthorizationPolicy of your own/,
    ],
  ])("are those %s", (_what, series, who, remedy) => {
    const settings = { applications: { shop } };
    const { rows, yaml, text } = suggested(settings, [
      ...usual,
      ...client,
      { ...series, to: "ratings.bookinfo", count: 7 },
    ]);
    const row = rows.find(([caller]) => caller === who);
    expect(row?.slice(1, 3)).toEqual(["ratings", "7 requests"]);
    expect(row?.[3]).toMatch(remedy);
    expect(text).toContain("Cannot be allowed by identity:");
    expect(text).toContain("The stack file fits those who have an identity: there is nothing to change.");
    expect(yaml).toBe("");
  });

  it("are not those of the mesh's own names", () => {
    const meshConfig = { trustDomain: "acme.example.com", trustDomainAliases: ["old.example.com", "*.acme.net"] };
    const settings = { istio: { values: { istiod: { meshConfig } } } };
    expect(settingsProblems(inStackFile(settings))).toEqual([]);
    const { calls } = suggested(
      settings,
      ["acme.example.com", "old.example.com", "eu.acme.net", "cluster.local", "acme.net"].map((domain) => ({
        by: account("bookinfo", "bookinfo-reviews", domain),
        to: "ratings.bookinfo",
      })),
    );
    expect(calls.known.map(({ counts }) => counts)).toEqual([{ requests: 3 }]);
    expect(calls.nameless.map(({ why }) => why)).toEqual(["other trust domain", "other trust domain"]);
  });
});
