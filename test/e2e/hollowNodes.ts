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
    for (const { metadata } of (await nodes.#core.listNode()).items) {
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
    const [pods] = await Promise.allSettled([this.#core.listPodForAllNamespaces(), this.#openInjection()]);
    if (pods.status === "rejected") return;
    const mine = pods.value.items.filter(({ spec }) => this.#names.includes(spec?.nodeName ?? ""));
    await Promise.allSettled(mine.map((pod, index) => this.#care(pod, index)));
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

  async #care({ metadata, spec, status }: V1Pod, index: number): Promise<void> {
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
    // An address that nobody has, of the range that is kept for examples.
    const podIP = `192.0.2.${(index % 250) + 1}`;
    const running = { phase: "Running", conditions, containerStatuses, podIP, podIPs: [{ ip: podIP }], startTime: now };
    await this.#core.patchNamespacedPodStatus({ name, namespace, body: { status: running } }, STRATEGIC);
  }

  /** The sidecar injector is a pod like the others, and answers nobody: nothing is to wait for it. */
  async #openInjection(): Promise<void> {
    const { items } = await this.#admission.listMutatingWebhookConfiguration();
    for (const configuration of items) {
      const { metadata, webhooks = [] } = configuration;
      if (webhooks.every(({ failurePolicy }) => failurePolicy === "Ignore")) continue;
      for (const webhook of webhooks) Object.assign(webhook, { failurePolicy: "Ignore", timeoutSeconds: 1 });
      await this.#admission.replaceMutatingWebhookConfiguration({ name: metadata?.name ?? "", body: configuration });
    }
  }
}
