// make bench: `pulumi up` against the raw work, helm and kubectl one after the other, for the same charts and objects,
// each on a fresh testbed, in one run: what counts is the ratio.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { say } from "../lib/progress";
import { run } from "../lib/run";
import { testbedDown, testbedUp } from "../testbed/cluster";
import { command } from "./command";
import { goPrograms } from "../testbed/goPrograms";
import { helmFolder } from "./programs/programs";
import { takeTurn } from "./stack/recovery";
import { openStack, policyArgs, pulumi, stackFolder, type Stack } from "./stack/stack";
import { checkout } from "./stack/stackFile";
import { instanceOf, readyTarget } from "./stack/target";
import { table } from "./table";

const NAME = "bench";

interface Resource {
  readonly type: string;
  readonly inputs: Record<string, unknown> & { readonly kind?: string; readonly metadata?: { readonly name: string } };
}

interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly values: unknown;
}

command(async () => {
  await takeTurn(NAME);
  const stack = await openStack(NAME, undefined, "local");
  const { target } = stack;
  if (target.kind !== "testbed") throw new Error("the benchmark needs two fresh clusters: it runs on the testbed only");
  const yes = ["--yes", "--skip-preview"];
  try {
    const up = await timed(() => pulumi(stack, "up", [...yes, ...policyArgs("local")]));
    const again = await timed(() => pulumi(stack, "up", [...yes, ...policyArgs("local")]));
    const resources = await resourcesOf(stack);
    const destroy = await timed(() => pulumi(stack, "destroy", yes));

    await testbedDown(NAME);
    const fresh = await timed(() => testbedUp(NAME));
    await readyTarget(target);
    const raw = await timed(() => byHand(instanceOf(target).kubeconfig, resources));
    console.log(
      table([
        ["WHAT", "SECONDS", "RATIO"],
        ["helm and kubectl, one after the other", raw.toFixed(1), "1.00"],
        ["pulumi up, with the policy pack", up.toFixed(1), (up / raw).toFixed(2)],
        ["pulumi up again, nothing changed", again.toFixed(1), (again / raw).toFixed(2)],
        ["pulumi destroy", destroy.toFixed(1), (destroy / raw).toFixed(2)],
        ["the testbed, from nothing to a node that is ready", fresh.toFixed(1), (fresh / raw).toFixed(2)],
      ]),
    );
  } finally {
    await testbedDown(NAME);
    rmSync(stackFolder(NAME), { recursive: true, force: true });
  }
});

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = Date.now();
  await work();
  return (Date.now() - start) / 1000;
}

async function resourcesOf(stack: Stack): Promise<Resource[]> {
  const args = ["stack", "export", "--stack", stack.name];
  const state = JSON.parse(await run("pulumi", args, { cwd: checkout, env: stack.env })) as {
    deployment: { resources: Resource[] };
  };
  return state.deployment.resources.filter(({ type }) => type.startsWith("kubernetes:"));
}

/** The same releases and objects as the stack's, in its order, each waited for. */
async function byHand(kubeconfig: string, resources: readonly Resource[]): Promise<void> {
  const folder = join(stackFolder(NAME), "by-hand");
  mkdirSync(folder, { recursive: true });
  const kubectl = join(await goPrograms("kubernetes"), "kubectl");
  const helm = join(await helmFolder(), "helm");
  const write = (name: string, content: unknown) => {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(content));
    return file;
  };
  const apply = (name: string, objects: readonly unknown[]) =>
    run(kubectl, [
      "--kubeconfig",
      kubeconfig,
      "apply",
      "-f",
      write(name, { apiVersion: "v1", kind: "List", items: objects }),
    ]);

  const isRelease = ({ type }: Resource) => type === "kubernetes:helm.sh/v3:Release";
  const objects = resources.filter((resource) => !isRelease(resource)).map(({ inputs }) => inputs);
  const ofKind = (kind: string) => objects.filter((object) => object.kind === kind);
  await apply("namespaces", ofKind("Namespace"));
  for (const { inputs } of resources.filter(isRelease)) {
    const { name, namespace, chart, values } = inputs as unknown as Release;
    say(`helm install ${name}`);
    const options = ["--kubeconfig", kubeconfig, "-n", namespace, "-f", write(name, values), "--wait"];
    await run(helm, ["install", name, chart, ...options]);
  }
  say("kubectl apply");
  await apply(
    "objects",
    objects.filter(({ kind }) => kind !== "Namespace"),
  );
  for (const { metadata } of ofKind("Deployment")) {
    const { name, namespace } = metadata as { name: string; namespace: string };
    await run(kubectl, ["--kubeconfig", kubeconfig, "-n", namespace, "rollout", "status", `deployment/${name}`]);
  }
}
