// What `mesh-check` costs against `istioctl analyze` without a cluster, on the same files.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { outcomeOf } from "../../lib/run.ts";
import { goPrograms } from "../../testbed/goPrograms.ts";
import { checkout } from "../stack/checkout.ts";
import { compared, type Row } from "./compared.ts";
import { manifests } from "./manifests.ts";
import type { Measured } from "./part.ts";

const SIZES = [1000, 10_000];

export async function benchCheck(): Promise<Measured> {
  const istioctl = join(await goPrograms("istio"), "istioctl");
  const meshCheck = join(checkout, "bin/mesh-check");
  const folder = mkdtempSync(join(tmpdir(), "bench-check-"));
  const rows: Row[] = [];
  try {
    for (const size of SIZES) {
      const file = join(folder, `${size}.yaml`);
      writeFileSync(file, manifests(size));
      rows.push(
        ...(await compared(
          `\`make check\` of ${size.toLocaleString("en")} objects`,
          { run: () => succeed(meshCheck, [file]) },
          { "`istioctl analyze`": { run: () => succeed(istioctl, ["analyze", "--use-kube=false", file]) } },
        )),
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return {
    rows,
    reason: "mesh-check has more rules, and reads Kubernetes' own objects with them",
  };
}
/** Both have nothing to say about these objects: a complaint would be a mistake of the rules. */
async function succeed(program: string, args: readonly string[]): Promise<void> {
  const { exitCode, stdout, stderr } = await outcomeOf(program, args);
  if (exitCode !== 0) throw new Error(`${program} failed:\n${(stderr || stdout).slice(0, 1000)}`);
}
