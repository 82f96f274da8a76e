import { describe, expect, it } from "vitest";
import type { Check, Finding } from "../../verify/findings.ts";
import { asJson, report } from "../../verify/report.ts";

const check = (verdict: Check["verdict"], more: Partial<Check> = {}): Check => ({
  what: "share of v1",
  declared: "90%",
  measured: "75.1%",
  allowed: "87.0% to 93.0%",
  verdict,
  ...more,
});
const finding = (...checks: Check[]): Finding => ({
  host: "reviews",
  object: "VirtualService bookinfo/reviews-routes",
  rule: "http[0]: every request",
  from: "inside",
  requests: 700,
  latency: { p50: 0.004, p99: 0.25 },
  checks,
  look: ["istioctl proxy-config route sleep.bookinfo --name 9080 -o yaml", "istioctl analyze -n bookinfo"],
});

describe("the report", () => {
  it("says of each route what was declared, measured and allowed", () => {
    const text = report([finding(check("ok"))]);
    expect(text).toContain("reviews from inside · http[0]: every request · VirtualService bookinfo/reviews-routes");
    expect(text).toContain("700 requests, p50 4.0 ms, p99 250 ms");
    expect(text).toMatch(/share of v1 +90% +75\.1% +87\.0% to 93\.0% +ok/);
    expect(text).toMatch(/\n1 ok, 0 wrong, 0 not verified$/);
    expect(text).not.toContain("istioctl");
  });

  it("names each command once where something is wrong", () => {
    const text = report([finding(check("wrong")), finding(check("wrong")), finding(check("ok"))]);
    expect(text.match(/istioctl proxy-status/g)).toHaveLength(1);
    expect(text.match(/istioctl analyze -n bookinfo/g)).toHaveLength(1);
    expect(text).toMatch(/\n1 ok, 2 wrong, 0 not verified$/);
  });

  it("says why something was not verified, and counts it as neither", () => {
    const text = report([finding(check("not verified", { note: "there is no client" }))]);
    expect(text).toContain("not verified: there is no client");
    expect(text).toMatch(/\n0 ok, 0 wrong, 1 not verified$/);
  });

  it("is the same as JSON", () => {
    const findings = [finding(check("wrong"))];
    expect(JSON.parse(asJson("local", findings))).toEqual({
      stack: "local",
      verified: false,
      falseAlarm: 1e-4,
      findings,
    });
    expect(JSON.parse(asJson("local", [finding(check("ok"))]))).toMatchObject({ verified: true });
  });
});
