import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Fields } from "../../../../testbed/pulumi/provider/values/value.ts";
import type { CallArgs } from "./provider.ts";

/** One call of the engine to the real plugin, and what it answered. */
export interface Recorded {
  /** The run in which it was made, e.g. `4-up-weight`. */
  readonly run: string;
  readonly method: "Check" | "Diff" | "Create" | "Read" | "Update" | "Delete";
  readonly request: CallArgs;
  readonly response?: Fields;
  readonly errors?: string[];
}

const CHARTS = ["base", "gateway", "istio-control/istio-discovery"];
const CHART_NAMES: Record<string, string> = { "istio-control/istio-discovery": "istiod" };

/** A folder in the place of the Go module of Istio that the recorded program took its charts from. */
export function istioModule(): string {
  const folder = mkdtempSync(join(tmpdir(), "istio-module-"));
  for (const chart of CHARTS) {
    const path = join(folder, "manifests", "charts", chart);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, "Chart.yaml"), `apiVersion: v2\nname: ${CHART_NAMES[chart] ?? chart}\nversion: 1.0.0\n`);
  }
  return folder;
}

/** The calls of a file in `recordings/`, with the module's folder put in. */
export function readRecordings(file: "check" | "diff" | "outcomes", module: string): Recorded[] {
  const text = readFileSync(join(import.meta.dirname, "..", "recordings", `${file}.jsonl`), "utf8");
  const lines = text.replaceAll("<istio module>", module).trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Recorded);
}

/** A name for a recorded call, to find it by. */
export const titleOf = ({ run, method, request: { urn, preview } }: Recorded): string =>
  `${run}: ${method}${preview ? " at preview" : ""} of ${urn.split("::").slice(2).join(" ")}`;
