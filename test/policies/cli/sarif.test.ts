import { describe, expect, it } from "vitest";
import manifest from "../../../package.json" with { type: "json" };
import type { Report } from "../../../policies/cli/check.ts";
import { asSarif } from "../../../policies/cli/sarif.ts";
import { BAD, LINE, run, scratch } from "./example.ts";

const { version } = manifest;

const { at, write } = scratch();
write("bad.yaml", BAD);

interface Log {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly name: string;
        readonly version: string;
        readonly informationUri?: string;
        readonly rules: readonly { readonly id: string; readonly help: { readonly text: string } }[];
      };
    };
    readonly invocations: readonly {
      readonly executionSuccessful: boolean;
      readonly exitCode: number;
      readonly toolExecutionNotifications: readonly { readonly level: string }[];
    }[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly locations: readonly [
        { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } },
      ];
    }[];
  }[];
}

const firstRun = (log: object) => {
  const [first] = (log as Log).runs;
  if (first === undefined) throw new Error("there is a run");
  return first;
};
const read = (...args: readonly string[]) => JSON.parse(run("--sarif", ...args).out) as Log;

describe("the SARIF log", () => {
  it("is of version 2.1.0, and each result leads to its rule", () => {
    const log = read(at("bad.yaml"));
    expect(log.version).toBe("2.1.0");
    const { tool, results } = firstRun(log);
    expect(results.length).toBeGreaterThan(0);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(tool.driver.rules.filter(({ help }) => help.text === "")).toEqual([]);
    const region = { startLine: LINE, startColumn: 13 };
    expect(JSON.stringify(results)).toContain(JSON.stringify(region));
    expect(results.map(({ level }) => level)).toContain("error");
  });

  it("says which version of the program made it", () => {
    expect(firstRun(read(at("bad.yaml"))).tool.driver).toMatchObject({ name: "mesh-check", version });
  });

  it("says whether all was checked that was asked for", () => {
    expect(firstRun(read(at("bad.yaml"))).invocations).toEqual([
      { executionSuccessful: true, exitCode: 1, toolExecutionNotifications: [] },
    ]);
    expect(firstRun(read(at("bad.yaml"), at("none.yaml"))).invocations).toEqual([
      {
        executionSuccessful: false,
        exitCode: 2,
        toolExecutionNotifications: [
          { level: "error", message: { text: `${at("none.yaml")}: no such file or directory` } },
        ],
      },
    ]);
  });

  const report: Report = {
    rule: "readable-yaml",
    codes: [],
    severity: "error",
    kind: "",
    namespace: "",
    name: "",
    file: "",
    line: 1,
    column: 1,
    path: "",
    message: "m",
  };

  it.each<[file: string, uri: string]>([
    ["a.yaml", "a.yaml"],
    ["./a.yaml", "a.yaml"],
    ["a//b/./c.yaml", "a/b/c.yaml"],
    ["../a.yaml", "../a.yaml"],
    ["my files/a#1.yaml", "my%20files/a%231.yaml"],
    ["100%?.yaml", "100%25%3F.yaml"],
    ["c:a.yaml", "c%3Aa.yaml"],
    ["ä.yaml", "%C3%A4.yaml"],
    ["/a/b.yaml", "file:///a/b.yaml"],
    ["/my files/100%#?.yaml", "file:///my%20files/100%25%23%3F.yaml"],
    ["standard input", "file:///dev/stdin"],
  ])("names the file %j by the URI %s", (file, uri) => {
    const log = asSarif([{ ...report, file }], [], { remarks: [], exitCode: 1 });
    const [result] = firstRun(log).results;
    expect(result?.locations[0].physicalLocation.artifactLocation.uri).toBe(uri);
    expect(new URL(uri, "file:///base/").protocol).toBe("file:");
    // There is no object to name.
    expect(result?.locations[0]).not.toHaveProperty("logicalLocations");
  });
});
