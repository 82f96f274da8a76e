// The traffic rules of a stack on a mesh that is made for this alone, and removed afterwards.
import { existsSync } from "node:fs";
import { say, step } from "../../lib/progress.ts";
import { testbedDown } from "../../testbed/cluster.ts";
import { declaredOf } from "../../verify/declared.ts";
import type { Finding } from "../../verify/findings.ts";
import { verifyStack } from "../../verify/verify.ts";
import { endForward } from "../mesh/endpoint.ts";
import { trialCertificates } from "../mesh/trialCertificates.ts";
import { THROW_AWAY } from "../stack/backend.ts";
import { destroy } from "../stack/destroy.ts";
import { takeTurn } from "../stack/recovery.ts";
import { checkedStackFile, openStack, outputsOf, pulumi, type Stack } from "../stack/stack.ts";
import { stackConfig, writeStackFileCopy } from "../stack/stackFile.ts";
import { readStackFileCopy } from "../stack/stackFileCopy.ts";
import { removeStackFolder, stackFolder } from "../stack/stackFolder.ts";
import { coreApiOf, kubeConfigOf } from "../stack/target.ts";
import { proposedOn } from "./proposed.ts";

/** The stack whose ground it has: Istio and Bookinfo as everybody can have them. */
const GROUND = "local";

/** The engine's last words, where it fails. */
const LAST = 20;

/**
 * Puts the rules of the stack on a mesh of its own, and holds them against requests. What an earlier run has left, because it was
 * killed, goes first.
 * @param context of a cluster without a mesh; undefined for a testbed
 * @throws Error that says why nothing could be measured
 */
export async function measured(name: string, context: string | undefined): Promise<readonly Finding[]> {
  await takeTurn(THROW_AWAY);
  await remove();
  // With a scenario, where one is active.
  const { config: own } = checkedStackFile(name);
  if (context === undefined && stackConfig(GROUND).config["mesh:cluster"] !== undefined) {
    throw new Error(
      `Pulumi.${GROUND}.yaml names a cluster that is in use: set MEASURE to the context of a cluster that has no mesh`,
    );
  }
  try {
    const stack = await openStack(THROW_AWAY, context, GROUND);
    await refuseMesh(stack);
    const { config, ...keys } = readStackFileCopy(stack.file);
    writeStackFileCopy(stackFolder(THROW_AWAY), THROW_AWAY, { config: proposedOn(config, own), keys }, {});
    await step("making a mesh to measure on", () =>
      quietly((onLine) => pulumi(stack, "up", ["--yes", "--skip-preview"], onLine)),
    );
    const [{ gateways }, { ingress }] = await Promise.all([declaredOf(stack), outputsOf(stack)]);
    const { namespace } = ingress as { namespace: string };
    await trialCertificates(kubeConfigOf(stack.target), namespace, gateways);
    return await verifyStack(stack, { provoke: false });
  } finally {
    await remove();
  }
}

/** Istio's namespaces: where one is there, somebody uses the mesh. */
async function refuseMesh({ target }: Stack): Promise<void> {
  if (target.kind === "testbed") return;
  const { items } = await coreApiOf(target).listNamespace();
  const there = items.flatMap(({ metadata }) => metadata?.name ?? []).filter((name) => /^istio-|^bookinfo$/.test(name));
  if (there.length === 0) return;
  throw new Error(`the cluster has a mesh already, which is not touched: there is ${there.join(", ")}`);
}

/** Keeps what the engine prints from standard output, which is the report's; where it fails, its last words are said. */
async function quietly(work: (onLine: (line: string) => void) => Promise<void>): Promise<void> {
  const lines: string[] = [];
  await work((line) => lines.push(line)).catch((error: unknown) => {
    for (const line of lines.slice(-LAST)) say(line);
    throw error;
  });
}

/** Removes the mesh and all that the tools keep of it. */
async function remove(): Promise<void> {
  if (!existsSync(stackFolder(THROW_AWAY))) return;
  await quietly((onLine) => destroy(THROW_AWAY, onLine));
  await endForward(THROW_AWAY);
  await testbedDown(THROW_AWAY);
  removeStackFolder(THROW_AWAY);
}
