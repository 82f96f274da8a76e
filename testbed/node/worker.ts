// What makes the node run pods: containerd, the kubelet and kube-proxy.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dump } from "js-yaml";
import { until } from "../../lib/process.ts";
import { repeatedly } from "../../lib/repeatedly.ts";
import { outcomeOf } from "../../lib/run.ts";
import type { Programs } from "../parts.ts";
import type { Instance } from "../instance.ts";
import { kubectlArgs } from "../kubectlArgs.ts";
import { createCgroups } from "./cgroups.ts";
import { DNS_ADDRESS, POD_CIDR } from "./controlPlane.ts";
import { inNode, lastWords, startInNode } from "./namespaces.ts";
import { pki } from "./pki.ts";

const SOCKET = "/run/containerd/containerd.sock";
export const PAUSE_IMAGE = "docker.io/local/pause:dev";

/** Starts containerd and loads the images into it; several at once, since unpacking waits for the disk in between. */
export async function startContainerd(instance: Instance, programs: Programs, archives: string[]): Promise<void> {
  mkdirSync(join(instance.folder, "cni"), { recursive: true });
  writeFileSync(join(instance.folder, "cni", "10-bridge.conflist"), JSON.stringify(network(instance)));
  const config = join(instance.folder, "containerd.toml");
  writeFileSync(config, containerdConfig(instance, programs));
  startInNode(instance, "containerd", "env", [
    `PATH=${programs.debian}/usr/bin:${programs.debian}/usr/sbin:/usr/sbin:/usr/bin:/sbin:/bin`,
    "containerd",
    "--config",
    config,
  ]);
  const ctr = ctrOf(instance, programs);
  await until("containerd", 30, () =>
    ctr(["version"]).then(
      () => true,
      () => undefined,
    ),
  ).catch((error: unknown) => {
    throw new Error(`containerd does not answer; its last lines:\n${lastWords(instance, "containerd")}`, {
      cause: error,
    });
  });
  await importImages(instance, programs, archives);
}

/** Loads images into a containerd that runs. */
export async function importImages(instance: Instance, programs: Programs, archives: readonly string[]): Promise<void> {
  const ctr = ctrOf(instance, programs);
  await repeatedly(archives.length, 2, (index) => ctr(["images", "import", archives[index] ?? ""]));
}

const ctrOf = (instance: Instance, programs: Programs) => (args: string[]) =>
  inNode(instance, join(programs.debian, "usr/bin/ctr"), ["-a", SOCKET, "-n", "k8s.io", ...args]);

/** Starts the kubelet and kube-proxy; returns once the node is Ready. */
export async function startKubelet(instance: Instance, programs: Programs): Promise<void> {
  createCgroups(instance);
  const kubeletConfig = join(instance.folder, "kubelet.yaml");
  writeFileSync(join(instance.folder, "resolv.conf"), "search .\n");
  writeFileSync(kubeletConfig, dump(kubelet(instance)));
  startInNode(instance, "kubelet", join(programs.kubernetes, "kubelet"), [
    `--config=${kubeletConfig}`,
    `--kubeconfig=${pki(instance, "kubelet.kubeconfig")}`,
    `--root-dir=${join(instance.folder, "kubelet")}`,
    `--hostname-override=testbed`,
    `--node-ip=${instance.nodeAddress}`,
  ]);
  const proxyConfig = join(instance.folder, "kube-proxy.yaml");
  writeFileSync(proxyConfig, dump(kubeProxy(instance)));
  startInNode(instance, "kube-proxy", join(programs.kubernetes, "kube-proxy"), [`--config=${proxyConfig}`]);

  const ready = ["get", "node", "testbed", "-o", "jsonpath={.status.conditions[?(@.type=='Ready')].status}"];
  await until("the node", 60, async () => {
    const args = kubectlArgs(instance.kubeconfig, ...ready);
    const { stdout } = await outcomeOf(join(programs.kubernetes, "kubectl"), args);
    return stdout === "True" || undefined;
  }).catch((error: unknown) => {
    throw new Error(`the node does not become Ready; the kubelet's last lines:\n${lastWords(instance, "kubelet")}`, {
      cause: error,
    });
  });
}

const network = (instance: Instance) => ({
  cniVersion: "0.4.0",
  name: "testbed",
  plugins: [
    {
      type: "bridge",
      bridge: "cni0",
      isGateway: true,
      isDefaultGateway: true,
      ipMasq: false,
      hairpinMode: true,
      ipam: { type: "host-local", ranges: [[{ subnet: POD_CIDR }]], dataDir: join(instance.folder, "cni-networks") },
    },
    { type: "portmap", capabilities: { portMappings: true } },
  ],
});

function containerdConfig(instance: Instance, programs: Programs): string {
  const { folder } = instance;
  const cri = 'plugins."io.containerd.grpc.v1.cri"';
  return `version = 2
root = "${folder}/containerd"
state = "/run/containerd"
[grpc]
  address = "${SOCKET}"
[plugins."io.containerd.internal.v1.opt"]
  path = "${folder}/containerd-opt"
[${cri}]
  sandbox_image = "${PAUSE_IMAGE}"
  disable_apparmor = true
  # Without CAP_SYS_RESOURCE, runc cannot lower the score and fails in a way that does not say so.
  restrict_oom_score_adj = true
  [${cri}.cni]
    bin_dir = "${programs.debian}/usr/lib/cni"
    conf_dir = "${folder}/cni"
  [${cri}.containerd]
    snapshotter = "overlayfs"
    default_runtime_name = "runc"
    [${cri}.containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
`;
}

const kubelet = (instance: Instance) => ({
  apiVersion: "kubelet.config.k8s.io/v1beta1",
  kind: "KubeletConfiguration",
  authentication: {
    anonymous: { enabled: false },
    webhook: { enabled: true },
    x509: { clientCAFile: pki(instance, "ca.crt") },
  },
  authorization: { mode: "Webhook" },
  tlsCertFile: pki(instance, "kubelet.crt"),
  tlsPrivateKeyFile: pki(instance, "kubelet.key"),
  cgroupDriver: "cgroupfs",
  cgroupRoot: `/${instance.cgroup}`,
  failCgroupV1: false,
  failSwapOn: false,
  containerRuntimeEndpoint: `unix://${SOCKET}`,
  clusterDNS: [DNS_ADDRESS],
  clusterDomain: "cluster.local",
  resolvConf: join(instance.folder, "resolv.conf"),
  volumePluginDir: join(instance.folder, "volume-plugins"),
  podLogsDir: "/var/log/pods",
  // Images cannot be pulled again here: none may be collected, however full the disk.
  imageGCHighThresholdPercent: 100,
  imageGCLowThresholdPercent: 99,
  evictionHard: {
    "memory.available": "200Mi",
    "nodefs.available": "1%",
    "imagefs.available": "1%",
    "nodefs.inodesFree": "1%",
  },
  maxPods: 110,
  serializeImagePulls: false,
  nodeStatusUpdateFrequency: "10s",
  // A sync probes what is not ready yet: on few cores, where a proxy often misses its first probe, the pods need not
  // wait for the next one, which for a gateway comes 15 s later.
  syncFrequency: "2s",
});

const kubeProxy = (instance: Instance) => ({
  apiVersion: "kubeproxy.config.k8s.io/v1alpha1",
  kind: "KubeProxyConfiguration",
  mode: "iptables",
  clusterCIDR: POD_CIDR,
  hostnameOverride: "testbed",
  clientConnection: { kubeconfig: pki(instance, "proxy.kubeconfig") },
  // These belong to the whole machine and cannot be written from the node's network namespace.
  conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: "0s", tcpCloseWaitTimeout: "0s" },
});
