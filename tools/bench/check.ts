// What `mesh-check` costs against `istioctl analyze` without a cluster, on the same files.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { outcomeOf } from "../../lib/run.ts";
import { goPrograms } from "../../testbed/goPrograms.ts";
import { checkout } from "../stack/checkout.ts";
import { manifests } from "./manifests.ts";
import { timed } from "./timed.ts";

const SIZES = [1000, 10_000];
/** Of each, the fastest counts: the rest is what else the machine does. */
const TIMES = 3;

export async function benchCheck(): Promise<string[][]> {
  const istioctl = join(await goPrograms("istio"), "istioctl");
  const meshCheck = join(checkout, "bin/mesh-check");
  const folder = mkdtempSync(join(tmpdir(), "bench-check-"));
  const rows: string[][] = [["OBJECTS IN PLAIN YAML", "MESH-CHECK", "ISTIOCTL ANALYZE", "RATIO"]];
  try {
    for (const size of SIZES) {
      const file = join(folder, `${size}.yaml`);
      writeFileSync(file, manifests(size));
      // In turns, so that both have the same machine.
      const ours: number[] = [];
      const theirs: number[] = [];
      for (let i = 0; i < TIMES; i += 1) {
        ours.push(await timed(() => succeed(meshCheck, [file])));
        theirs.push(await timed(() => succeed(istioctl, ["analyze", "--use-kube=false", file])));
      }
      const [own, other] = [Math.min(...ours), Math.min(...theirs)];
      rows.push([String(size), `${own.toFixed(1)} s`, `${other.toFixed(1)} s`, (own / other).toFixed(2)]);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return rows;
}

/** Both have nothing to say about these objects: a complaint would be a mistake of the rules. */
async function succeed(program: string, args: readonly string[]): Promise<void> {
  const { exitCode, stdout, stderr } = await outcomeOf(program, args);
  if (exitCode !== 0) throw new Error(`${program} failed:\n${(stderr || stdout).slice(0, 1000)}`);
}
