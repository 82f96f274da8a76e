import { describe, expect, it } from "vitest";
import type { Levels } from "../../policies/engine/judge.ts";
import { sarif } from "../../report/sarif.ts";
import { stackReport } from "../../report/stackReport.ts";
import { eventsOf, manifests, withFindings } from "./change.ts";

const levels: Levels = { all: "disabled", "no-fault-injection": "mandatory", "http-route-has-timeout": "advisory" };

const routes = (name: string, http: string) =>
  manifests(`
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: shop }
spec: { hosts: [${name}], http: [{ ${http}route: [{ destination: { host: ${name} } }] }] }
`);
const fault = "timeout: 1s, fault: { abort: { httpStatus: 503, percentage: { value: 20 } } }, ";

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly baselineState: string;
  readonly locations: readonly { readonly physicalLocation: object }[];
}

describe("the findings for a code host", () => {
  const before = [...routes("cart", ""), ...routes("stock", "")];
  const after = [...routes("cart", ""), ...routes("stock", fault)];
  const report = stackReport("dev", withFindings(eventsOf(before, after), levels), { levels });
  const located = {
    report,
    file: "Pulumi.dev.yaml",
    placeOf: ({ name }: { name: string }) =>
      name === "stock" ? { line: 12, setting: "mesh:traffic.stock" } : undefined,
  };
  const log = sarif([located, { ...located, report: { ...report, stack: "prod", findings: [], errors: ["no"] } }]);
  const { runs } = JSON.parse(JSON.stringify(log)) as {
    runs: {
      results: Result[];
      automationDetails: object;
      tool: { driver: { rules: { id: string }[] } };
      invocations: object[];
    }[];
  };

  it("are new, as before or gone, each at its line of the stack file", () => {
    const [first] = runs;
    expect(
      first?.results.map(({ ruleId, level, baselineState, locations }) => [
        ruleId,
        level,
        baselineState,
        locations[0]?.physicalLocation,
      ]),
    ).toEqual([
      ["no-fault-injection", "error", "new", at(12)],
      ["http-route-has-timeout", "warning", "unchanged", at(1)],
      ["http-route-has-timeout", "warning", "absent", at(12)],
    ]);
    for (const { ruleId, ruleIndex } of first?.results ?? []) {
      expect(first?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    }
  });

  it("are a run for each stack, which says whether the preview went well", () => {
    expect(runs.map(({ automationDetails }) => automationDetails)).toEqual([
      { id: "mesh-report/dev" },
      { id: "mesh-report/prod" },
    ]);
    expect(runs.map(({ invocations }) => invocations[0])).toMatchObject([
      { executionSuccessful: true, exitCode: 1 },
      { executionSuccessful: false, exitCode: 1 },
    ]);
  });
});

const at = (startLine: number) => ({
  artifactLocation: { uri: "Pulumi.dev.yaml" },
  region: { startLine, startColumn: 1 },
});
