// Why pods do not become ready, in the scheduler's and the containers' own words.
import type { CoreV1Api, V1ContainerStatus, V1Pod } from "@kubernetes/client-node";

/** A line for each pod of the namespaces that is not ready and says why. */
export async function unreadyReasons(api: CoreV1Api, namespaces: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(
    namespaces.map(async (namespace) => (await api.listNamespacedPod({ namespace })).items),
  );
  return lists.flat().flatMap((pod) => {
    const reasons = reasonsOf(pod);
    const { namespace = "", name = "" } = pod.metadata ?? {};
    return reasons.length === 0 ? [] : [`${namespace}/${name}: ${reasons.join("; ")}`];
  });
}

function reasonsOf({ metadata, status }: V1Pod): string[] {
  if (metadata?.deletionTimestamp !== undefined || status?.phase === "Succeeded") return [];
  const conditions = status?.conditions ?? [];
  const isReady = conditions.some((condition) => condition.type === "Ready" && condition.status === "True");
  if (isReady) return [];
  const unscheduled = conditions.filter((each) => each.type === "PodScheduled" && each.status === "False");
  const containers = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const found = [
    ...unscheduled.map(({ reason, message }) => said(reason, message)),
    ...containers.flatMap(containerReasons),
  ];
  return found.length > 0 ? found : [said(status?.reason ?? status?.phase, status?.message ?? "is not ready")];
}

function containerReasons({ name, state, lastState, ready, started }: V1ContainerStatus): string[] {
  const { waiting, terminated, running } = state ?? {};
  if (waiting && !["PodInitializing", "ContainerCreating"].includes(waiting.reason ?? "")) {
    const before = lastState?.terminated;
    const end = before && `, ended with ${said(before.reason, before.message)} and exit code ${before.exitCode}`;
    return [`${name} is waiting: ${said(waiting.reason, waiting.message)}${end ?? ""}`];
  }
  if (terminated && terminated.exitCode !== 0) {
    return [`${name} terminated: ${said(terminated.reason, terminated.message)}, exit code ${terminated.exitCode}`];
  }
  if (running && !ready)
    return [`${name} is running, but its ${started === false ? "startup" : "readiness"} probe is failing`];
  return [];
}

const said = (reason = "", message = ""): string => [reason, message.trim()].filter((part) => part !== "").join(": ");
