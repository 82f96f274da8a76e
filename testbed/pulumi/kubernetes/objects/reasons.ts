import type { Api } from "../cluster/api.ts";
import type { Fields } from "../../provider/values/value.ts";

/** What holds the Pods of a workload up, in the cluster's own words: states of their containers, and warnings about them. */
export async function reasonsOf(owner: Fields, api: Pick<Api, "list">): Promise<string[]> {
  const { namespace } = owner.metadata;
  const path = `/api/v1/namespaces/${namespace}`;
  const pods = owner.kind === "Pod" ? [owner] : await podsOf(owner, path, api);
  const warnings = pods.length > 0 ? await api.list(`${path}/events?fieldSelector=type%3DWarning`) : [];
  return pods.flatMap((pod) => {
    const { name, uid } = pod.metadata;
    const events = warnings.filter(({ involvedObject }) => involvedObject?.uid === uid);
    const latest = new Map(events.map(({ reason, message }) => [reason, `[${reason}] ${message}`]));
    return [...unscheduled(pod), ...stuckContainers(pod), ...latest.values()].map(
      (why) => `[Pod ${namespace}/${name}]: ${why}`,
    );
  });
}

async function podsOf(owner: Fields, path: string, api: Pick<Api, "list">): Promise<Fields[]> {
  const labels = Object.entries((owner.spec?.selector?.matchLabels ?? {}) as Fields).map(
    ([key, value]) => `${key}=${value}`,
  );
  if (labels.length === 0 || owner.kind === "Service") return [];
  return api.list(`${path}/pods?labelSelector=${encodeURIComponent(labels.join(","))}`);
}

function unscheduled(pod: Fields): string[] {
  const conditions: Fields[] = pod.status?.conditions ?? [];
  return conditions
    .filter(({ type, status }) => type === "PodScheduled" && status === "False")
    .map(({ reason, message }) => `[${reason}] ${message}`);
}

function stuckContainers(pod: Fields): string[] {
  const { initContainerStatuses = [], containerStatuses = [] } = pod.status ?? {};
  const containers: Fields[] = [...initContainerStatuses, ...containerStatuses];
  return containers.flatMap(({ name, state }) => {
    const stuck = state?.waiting ?? state?.terminated;
    if (!stuck || stuck.reason === "Completed") return [];
    return [`containers with unready status: [${name}][${stuck.reason}] ${stuck.message ?? ""}`.trim()];
  });
}
