import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../lib/run.ts";

/** Where Istio's source has the charts of a mesh. */
const CHARTS = ["base", "istio-control/istio-discovery", "gateway"];

/**
 * Puts Istio's charts into a folder as archives with a version, as `helm pull` leaves those of a release: in the source they
 * all are of version 1.0.0, with images of the tag `latest`.
 */
export async function packIstioCharts(module: string, version: string, folder: string): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "charts-"));
  try {
    for (const [index, chart] of CHARTS.entries()) {
      const copy = join(work, `${index}`);
      cpSync(join(module, "manifests/charts", chart), copy, { recursive: true });
      await run("chmod", ["-R", "u+w", copy]);
      const values = join(copy, "values.yaml");
      writeFileSync(values, readFileSync(values, "utf8").replace("tag: latest", `tag: ${version}`));
      await run("helm", ["package", copy, "--version", version, "--app-version", version, "--destination", folder]);
    }
  } finally {
    rmSync(work, { recursive: true });
  }
}
