// What a scanner finds in the objects of the stack prod, and docs/eks.md answers. The first time it costs a minute for
// checkov, which comes from PyPI and is kept; then half a minute.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { dump } from "js-yaml";
import { pipFolder } from "../../tools/pip.ts";
import type { ChartName } from "../../components/istio/charts.ts";
import type { Values } from "../../components/istio/values.ts";
import { render } from "../charts.ts";
import type { Recorded } from "../recorder.ts";
import { runStack, stackFile } from "../stacks/program.ts";

const CHARTS: readonly string[] = ["istiod", "gateway"] satisfies ChartName[];

interface Report {
  readonly summary: { readonly passed: number; readonly parsing_errors: number };
  readonly results: { readonly failed_checks: readonly { readonly check_id: string }[] };
}

describe("checkov", () => {
  const folder = mkdtempSync(join(tmpdir(), "objects-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("finds nothing that docs/eks.md does not name with its reason, and all that it names", async () => {
    const { resources } = await runStack(stackFile("prod"));
    for (const [index, object] of resources.flatMap(objectsOf).entries()) {
      writeFileSync(join(folder, `${index}.yaml`), dump(object, { noRefs: true }));
    }
    const packages = await pipFolder("checkov");
    const options = ["--framework", "kubernetes", "--quiet", "--compact", "--soft-fail", "--skip-download"];
    const output = execFileSync("python3", ["-m", "checkov.main", "-d", folder, ...options, "-o", "json"], {
      env: { ...process.env, PYTHONPATH: packages },
      maxBuffer: 2 ** 26,
      stdio: ["ignore", "pipe", "ignore"],
    });
    const { summary, results } = JSON.parse(output.toString()) as Report;
    expect(summary.parsing_errors).toBe(0);
    expect(summary.passed).toBeGreaterThan(500);
    const found = new Set(results.failed_checks.map(({ check_id }) => check_id));
    expect([...found].sort()).toEqual(documented());
  });
});

/** The checks in the table of docs/eks.md. */
function documented(): string[] {
  const docs = readFileSync(join(import.meta.dirname, "../../docs/eks.md"), "utf8");
  const [, section = ""] = docs.split("## What scanners say");
  const rows = section.split("\n").filter((line) => line.startsWith("| `CKV"));
  return rows.flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/CKV\d?_K8S_\d+/g)].map(([id]) => id)).sort();
}

/** The objects of a resource; a release of Istio's has those of its chart. */
function objectsOf({ type, inputs }: Recorded): object[] {
  const [, group, kind] = /^kubernetes:(.+):(\w+)$/.exec(type) ?? [];
  if (group === undefined) return [];
  if (kind !== "Release") return [{ ...inputs, apiVersion: group.replace(/^core\//, ""), kind }];
  const { chart, name, values, namespace } = inputs as {
    chart: string;
    name: string;
    values: Values;
    namespace: string;
  };
  if (!CHARTS.includes(chart)) return [];
  return render(chart as ChartName, name, values).map((object) => ({
    ...object,
    metadata: { ...object.metadata, ...("namespace" in object.metadata && { namespace }) },
  }));
}
