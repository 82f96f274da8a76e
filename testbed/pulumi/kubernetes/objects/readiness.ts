import type { Api } from "../cluster/api.ts";
import type { Fields } from "../../provider/values/value.ts";

/** How far an object is: ready, or waiting for something, or past hope. */
export type Readiness =
  | { readonly is: "ready" }
  | { readonly is: "waiting"; readonly reason: string }
  | { readonly is: "failed"; readonly reason: string };

/** Judges an object as the cluster shows it; `waited` is in milliseconds. */
type Judge = (live: Fields, api: Pick<Api, "list">, waited: number) => Readiness | Promise<Readiness>;

/** A Service may be declared before its Pods: after so long it counts as ready without any, in milliseconds. */
const SERVICE_PATIENCE = 10_000;

const READY: Readiness = { is: "ready" };
const failed = (reason: string): Readiness => ({ is: "failed", reason });
const readyIf = (condition: boolean, reason: string): Readiness => (condition ? READY : { is: "waiting", reason });

const conditionOf = (live: Fields, type: string): Fields | undefined =>
  live.status?.conditions?.find((condition: Fields) => condition.type === type);
const holds = (live: Fields, type: string): boolean => conditionOf(live, type)?.status === "True";

/** The controller has seen the newest specification: what the status says is about it. */
const isObserved = ({ metadata, status }: Fields): boolean => (status?.observedGeneration ?? 0) >= metadata.generation;

function pod(live: Fields): Readiness {
  const { phase, message, reason } = live.status ?? {};
  if (phase === "Failed") return failed(`Pod failed: ${message ?? reason ?? "it gives no reason"}`);
  return readyIf(phase === "Succeeded" || holds(live, "Ready"), "Waiting for Pod to be ready");
}

async function service(live: Fields, api: Pick<Api, "list">, waited: number): Promise<Readiness> {
  const { type, selector, clusterIP } = live.spec;
  if (type === "LoadBalancer" && !live.status?.loadBalancer?.ingress?.length) {
    return { is: "waiting", reason: "Attempting to allocate IP address to Service" };
  }
  const hasPods = type !== "ExternalName" && clusterIP !== "None" && Object.keys(selector ?? {}).length > 0;
  if (!hasPods || waited > SERVICE_PATIENCE) return READY;
  const { namespace, name } = live.metadata;
  const slices = `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`;
  const found = await api.list(`${slices}?labelSelector=${encodeURIComponent(`kubernetes.io/service-name=${name}`)}`);
  const endpoints: Fields[] = found.flatMap((slice) => slice.endpoints ?? []);
  return readyIf(
    endpoints.some(({ conditions }) => conditions?.ready),
    "Finding Pods to direct traffic to",
  );
}

function deployment(live: Fields): Readiness {
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = live.status ?? {};
  const wanted = live.spec.replicas ?? 1;
  const progress = conditionOf(live, "Progressing");
  if (progress?.reason === "ProgressDeadlineExceeded" && isObserved(live)) {
    return failed(`[ProgressDeadlineExceeded] ${progress.message}`);
  }
  const rolledOut = updatedReplicas >= wanted && replicas <= updatedReplicas && availableReplicas >= wanted;
  const reason = `Waiting for app ReplicaSet to be available (${availableReplicas}/${wanted} Pods available)`;
  return readyIf(isObserved(live) && rolledOut, reason);
}

function statefulSet(live: Fields): Readiness {
  const { readyReplicas = 0, currentRevision, updateRevision } = live.status ?? {};
  const wanted = live.spec.replicas ?? 1;
  const rolledOut = readyReplicas >= wanted && (currentRevision === updateRevision || isOnDelete(live));
  return readyIf(isObserved(live) && rolledOut, `Waiting for StatefulSet Pods (${readyReplicas}/${wanted} ready)`);
}

function daemonSet(live: Fields): Readiness {
  const { desiredNumberScheduled: wanted = 0, updatedNumberScheduled = 0, numberAvailable = 0 } = live.status ?? {};
  const rolledOut = numberAvailable >= wanted && (updatedNumberScheduled >= wanted || isOnDelete(live));
  return readyIf(isObserved(live) && rolledOut, `Waiting for DaemonSet Pods (${numberAvailable}/${wanted} available)`);
}

/** Pods get the new specification only when somebody deletes them. */
const isOnDelete = (live: Fields): boolean => live.spec.updateStrategy?.type === "OnDelete";

function job(live: Fields): Readiness {
  const failure = conditionOf(live, "Failed");
  if (failure?.status === "True") return failed(`[${failure.reason}] ${failure.message}`);
  return readyIf(holds(live, "Complete"), "Waiting for Job to succeed");
}

const JUDGES: Record<string, Judge> = {
  "apiextensions.k8s.io/v1/CustomResourceDefinition": (live) =>
    readyIf(holds(live, "Established"), "Waiting for the definition to be established"),
  "apps/v1/DaemonSet": daemonSet,
  "apps/v1/Deployment": deployment,
  "apps/v1/StatefulSet": statefulSet,
  "batch/v1/Job": job,
  "v1/Namespace": (live) => readyIf(live.status?.phase === "Active", "Waiting for the namespace to become active"),
  "v1/Pod": pod,
  "v1/Service": service,
};

/** How far the object is; one of a kind that has no notion of it is ready as soon as it exists. */
export async function readinessOf(live: Fields, api: Pick<Api, "list">, waited: number): Promise<Readiness> {
  const judge = JUDGES[`${live.apiVersion}/${live.kind}`];
  return judge ? judge(live, api, waited) : READY;
}
