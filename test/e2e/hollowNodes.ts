// Nodes that exist on paper: the real API server, scheduler and controllers work with them, and their pods are ready at once.
import {
  AdmissionregistrationV1Api,
  CoordinationV1Api,
  CoreV1Api,
  KubeConfig,
  PatchStrategy,
  setHeaderOptions,
  V1MicroTime,
  type V1Pod,
} from "@kubernetes/client-node";

const MERGE = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);
const STRATEGIC = setHeaderOptions("Content-Type", PatchStrategy.StrategicMergePatch);
/** Marks them, so that everything else of the test goes by its own node. */
const LABEL = "mesh.test/hollow";
const PERIOD = 250;
/** The control plane takes a node for dead that was silent for 40 seconds. */
const HEARTBEATS = 40;

/** Three nodes, one in each zone, big enough for production. */
export class HollowNodes {
  readonly #core: CoreV1Api;
  readonly #admission: AdmissionregistrationV1Api;
  readonly #coordination: CoordinationV1Api;
  readonly #names: readonly string[];
  /** Where nobody listens: whoever asks a pod something is refused at once. */
  #address = "";
  #turn: Promise<void> = Promise.resolve();
  #stopped = false;

  private constructor(kubeconfig: string, names: readonly string[]) {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    this.#core = config.makeApiClient(CoreV1Api);
    this.#admission = config.makeApiClient(AdmissionregistrationV1Api);
    this.#coordination = config.makeApiClient(CoordinationV1Api);
    this.#names = names;
  }

  /** Adds them to the cluster; its own node takes no more pods. */
  static async add(kubeconfig: string, region: string): Promise<HollowNodes> {
    const zones = ["a", "b", "c"].map((letter) => `${region}${letter}`);
    const nodes = new HollowNodes(
      kubeconfig,
      zones.map((zone) => `hollow-${zone}`),
    );
    for (const { metadata, status } of (await nodes.#core.listNode()).items) {
      nodes.#address = status?.addresses?.find(({ type }) => type === "InternalIP")?.address ?? "";
      await nodes.#core.patchNode({ name: metadata?.name ?? "", body: { spec: { unschedulable: true } } }, MERGE);
    }
    for (const zone of zones) await nodes.#register(`hollow-${zone}`, zone);
    void nodes.#run();
    return nodes;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#turn;
  }

  async #register(name: string, zone: string): Promise<void> {
    const labels = {
      [LABEL]: "true",
      "kubernetes.io/os": "linux",
      "kubernetes.io/arch": "arm64",
      "kubernetes.io/hostname": name,
      "topology.kubernetes.io/zone": zone,
      "topology.kubernetes.io/region": zone.slice(0, -1),
    };
    await this.#core.createNode({ body: { metadata: { name, labels } } });
    await this.#beat(name);
  }

  async #run(): Promise<void> {
    for (let turn = 0; !this.#stopped; turn++) {
      this.#turn = this.#live(turn % HEARTBEATS === 0);
      await this.#turn;
      await new Promise((resolve) => setTimeout(resolve, PERIOD));
    }
  }

  /** What fails in one turn is done in the next: objects come and go meanwhile. */
  async #live(isHeartbeat: boolean): Promise<void> {
    if (isHeartbeat) await Promise.allSettled(this.#names.map((name) => this.#beat(name)));
    const [pods] = await Promise.allSettled([this.#core.listPodForAllNamespaces(), this.#openWebhooks()]);
    if (pods.status === "rejected") return;
    const mine = pods.value.items.filter(({ spec }) => this.#names.includes(spec?.nodeName ?? ""));
    await Promise.allSettled(mine.map((pod) => this.#care(pod)));
  }

  async #beat(name: string): Promise<void> {
    const size = { cpu: "16", memory: "64Gi", pods: "110", "ephemeral-storage": "100Gi" };
    const now = new Date();
    const ready = { type: "Ready", status: "True", reason: "Hollow", lastHeartbeatTime: now, lastTransitionTime: now };
    const status = { capacity: size, allocatable: size, conditions: [ready] };
    await this.#core.patchNodeStatus({ name, body: { status } }, STRATEGIC);
    const spec = { holderIdentity: name, leaseDurationSeconds: 40, renewTime: new V1MicroTime() };
    const lease = { namespace: "kube-node-lease", body: { metadata: { name }, spec } };
    await this.#coordination.createNamespacedLease(lease).catch(() => {
      return this.#coordination.patchNamespacedLease({ name, ...lease }, MERGE);
    });
  }

  async #care({ metadata, spec, status }: V1Pod): Promise<void> {
    const { name = "", namespace = "", deletionTimestamp } = metadata ?? {};
    if (deletionTimestamp) {
      await this.#core.deleteNamespacedPod({ name, namespace, gracePeriodSeconds: 0 });
      return;
    }
    if (status?.phase === "Running") return;
    const now = new Date();
    const conditions = ["Initialized", "Ready", "ContainersReady", "PodScheduled"].map((type) => ({
      ...{ type, status: "True", lastTransitionTime: now },
    }));
    const containerStatuses = spec?.containers.map((container) => ({
      ...{ name: container.name, image: container.image ?? "", imageID: "", ready: true, started: true },
      ...{ restartCount: 0, state: { running: { startedAt: now } } },
    }));
    const podIP = this.#address;
    const running = { phase: "Running", conditions, containerStatuses, podIP, podIPs: [{ ip: podIP }], startTime: now };
    await this.#core.patchNamespacedPodStatus({ name, namespace, body: { status: running } }, STRATEGIC);
  }

  /**
   * Istiod and other webhooks are pods like the others, and answer nobody: nothing is to depend on them. Nothing does on those of
   * a tag, which are the program's own objects, and stay as it made them.
   */
  async #openWebhooks(): Promise<void> {
    const { items: mutating } = await this.#admission.listMutatingWebhookConfiguration();
    const { items: validating } = await this.#admission.listValidatingWebhookConfiguration();
    for (const body of mutating) {
      if (body.metadata?.labels?.["istio.io/tag"] === undefined && opened(body.webhooks)) {
        await this.#admission.replaceMutatingWebhookConfiguration({ name: body.metadata?.name ?? "", body });
      }
    }
    for (const body of validating) {
      if (opened(body.webhooks)) {
        await this.#admission.replaceValidatingWebhookConfiguration({ name: body.metadata?.name ?? "", body });
      }
    }
  }
}

interface Webhook {
  failurePolicy?: string;
}

/** Whether something had to be changed for a failure of the webhooks to mean nothing. */
function opened(webhooks: readonly Webhook[] = []): boolean {
  const strict = webhooks.filter(({ failurePolicy }) => failurePolicy !== "Ignore");
  for (const webhook of strict) webhook.failurePolicy = "Ignore";
  return strict.length > 0;
}
