// What `pulumi up` costs against the raw work.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { say } from "../../lib/progress.ts";
import { run } from "../../lib/run.ts";
import { testbedDown, testbedUp } from "../../testbed/cluster.ts";
import { goPrograms } from "../../testbed/goPrograms.ts";
import { kubectlArgs } from "../../testbed/kubectlArgs.ts";
import { helmFolder } from "../programs/programs.ts";
import { policyArgs, pulumi, type Stack } from "../stack/stack.ts";
import { checkout } from "../stack/checkout.ts";
import { stackFolder } from "../stack/stackFolder.ts";
import { instanceOf, type TestbedTarget } from "../stack/target.ts";
import { timed } from "./timed.ts";

interface Resource {
  readonly type: string;
  /** Whether the stack only looks at it. */
  readonly external?: boolean;
  readonly inputs: Record<string, unknown> & { readonly kind?: string; readonly metadata?: { readonly name: string } };
}

interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly values: unknown;
}

/** `pulumi up` against helm and kubectl one after the other, for the same charts and objects, each on a fresh testbed. */
export async function benchInstall(stack: Stack): Promise<string[][]> {
  const yes = ["--yes", "--skip-preview"];
  const up = await timed(() => pulumi(stack, "up", [...yes, ...policyArgs("local")]));
  const again = await timed(() => pulumi(stack, "up", [...yes, ...policyArgs("local")]));
  const resources = await resourcesOf(stack);
  const destroy = await timed(() => pulumi(stack, "destroy", yes));

  await testbedDown(stack.name);
  const fresh = await timed(() => testbedUp(stack.name));
  const raw = await timed(() => byHand(instanceOf(stack.target as TestbedTarget).kubeconfig, resources));
  await testbedDown(stack.name);
  const row = (what: string, seconds: number) => [what, seconds.toFixed(1), (seconds / raw).toFixed(2)];
  return [
    ["INSTALLING", "SECONDS", "RATIO"],
    row("helm and kubectl, one after the other", raw),
    row("pulumi up, with the policy pack", up),
    row("pulumi up again, nothing changed", again),
    row("pulumi destroy", destroy),
    row("the testbed, from nothing to a node that is ready", fresh),
  ];
}

async function resourcesOf(stack: Stack): Promise<Resource[]> {
  const args = ["stack", "export", "--stack", stack.name];
  const state = JSON.parse(await run("pulumi", args, { cwd: checkout, env: stack.env })) as {
    deployment: { resources: Resource[] };
  };
  return state.deployment.resources.filter(({ type, external }) => type.startsWith("kubernetes:") && external !== true);
}

/** The same releases and objects as the stack's, in its order, each waited for. */
async function byHand(kubeconfig: string, resources: readonly Resource[], name = "bench"): Promise<void> {
  const folder = join(stackFolder(name), "by-hand");
  mkdirSync(folder, { recursive: true });
  const kubectl = join(await goPrograms("kubernetes"), "kubectl");
  const helm = join(await helmFolder(), "helm");
  const write = (name: string, content: unknown) => {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(content));
    return file;
  };
  const apply = (name: string, objects: readonly unknown[]) =>
    run(
      kubectl,
      kubectlArgs(kubeconfig, "apply", "-f", write(name, { apiVersion: "v1", kind: "List", items: objects })),
    );

  const isRelease = ({ type }: Resource) => type === "kubernetes:helm.sh/v3:Release";
  const objects = resources.filter((resource) => !isRelease(resource)).map(({ inputs }) => inputs);
  const ofKind = (kind: string) => objects.filter((object) => object.kind === kind);
  await apply("namespaces", ofKind("Namespace"));
  for (const { inputs } of resources.filter(isRelease)) {
    const { name, namespace, chart, values } = inputs as typeof inputs & Release;
    say(`helm install ${name}`);
    const options = ["--kubeconfig", kubeconfig, "-n", namespace, "-f", write(name, values), "--wait"];
    await run(helm, ["install", name, chart, ...options], { env: { KUBECACHEDIR: join(folder, "discovery") } });
  }
  say("kubectl apply");
  await apply(
    "objects",
    objects.filter(({ kind }) => kind !== "Namespace"),
  );
  for (const { metadata } of ofKind("Deployment")) {
    const { name, namespace } = metadata as { name: string; namespace: string };
    await run(kubectl, kubectlArgs(kubeconfig, "-n", namespace, "rollout", "status", `deployment/${name}`));
  }
}
