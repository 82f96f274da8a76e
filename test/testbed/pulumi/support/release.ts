import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { DEFAULTS } from "../../../../testbed/pulumi/kubernetes/release/arguments.ts";
import type { Fields } from "../../../../testbed/pulumi/provider/values/value.ts";
import { FakeHelm } from "./fakeHelm.ts";
import { urnOf } from "./samples.ts";

export const RELEASE = urnOf("helm.sh/v3:Release", "gateway");

/** A chart in a folder of its own, and a helm that does as it is told, for the tests of a file. */
export function fakeChart() {
  const charts = mkdtempSync(join(tmpdir(), "charts-"));
  writeFileSync(join(charts, "Chart.yaml"), "name: gateway\nversion: 1.2.3\n");
  const helm = new FakeHelm();
  afterAll(() => {
    helm.remove();
    rmSync(charts, { recursive: true });
  });
  const inputs = (args: Fields = {}): Fields => ({
    ...DEFAULTS,
    name: "gateway",
    namespace: "bookinfo",
    chart: charts,
    version: "1.2.3",
    timeout: 60,
    ...args,
  });
  return { charts, helm, inputs };
}
