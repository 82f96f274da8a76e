import type * as k8s from "@pulumi/kubernetes";
import { spread } from "../istio/values.ts";
import type { Profile } from "../profile.ts";
import { defaultMemory } from "./applicationSchema.ts";
import type { ServiceArgs, VersionArgs } from "./service.ts";

type PodSpec = k8s.types.input.core.v1.PodSpec;
type Container = k8s.types.input.core.v1.Container;

/** Names and surroundings of one version of a service. */
export interface Workload {
  readonly service: string;
  readonly version: string;
  readonly serviceAccount: string;
  readonly profile: Profile;
  /** Version of the sidecars. In the pods' annotations, an upgrade of Istio starts them anew, with the new sidecar. */
  readonly proxyVersion: string;
  /** @default - Kubernetes' default */
  readonly imagePullPolicy?: string;
}

/** Name of the Deployment of a version, and of all that belongs to it alone. */
export const workloadName = ({ service, version }: Pick<Workload, "service" | "version">) => `${service}-${version}`;

/** Labels by which Services, subsets and policies find the pods of a version. */
export const podLabels = ({ service, version }: Workload) => ({ app: service, version });

/** How many pods a version runs. */
export const replicasOf = (args: VersionArgs, profile: Profile) => args.replicas ?? (profile === "production" ? 2 : 1);

/** What the container of a version requests of its node. */
export const requestsOf = ({ requests }: Pick<VersionArgs, "requests">, profile: Profile) => ({
  cpu: profile === "production" ? "100m" : "10m",
  memory: defaultMemory.request as string,
  ...requests,
});

/** The `spec` of the Deployment of one version. */
export function deploymentSpec(
  workload: Workload,
  service: ServiceArgs,
  args: VersionArgs,
): k8s.types.input.apps.v1.DeploymentSpec {
  const labels = podLabels(workload);
  return {
    replicas: replicasOf(args, workload.profile),
    selector: { matchLabels: labels },
    template: {
      metadata: {
        labels: {
          ...labels,
          ...(args.sidecar !== undefined && { "sidecar.istio.io/inject": String(args.sidecar) }),
        },
        annotations: { "mesh/proxy-version": workload.proxyVersion, ...args.podAnnotations },
      },
      spec: podSpec(workload, service, args),
    },
  };
}

/**
 * For so many seconds a container serves on after its pod was told to go. Clients in the mesh send to it until their proxies have
 * heard of that, and a server that has ended by then answers none of them.
 *
 * @see https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/
 */
const LEAVING = 5;

function podSpec(workload: Workload, service: ServiceArgs, args: VersionArgs): PodSpec {
  const writable = (args.writablePaths ?? ["/tmp"]).map((mountPath, index) => ({
    name: `writable-${index}`,
    mountPath,
  }));
  return {
    serviceAccountName: workload.serviceAccount,
    // The sidecar brings a token of its own.
    automountServiceAccountToken: false,
    securityContext: {
      runAsNonRoot: true,
      seccompProfile: { type: "RuntimeDefault" },
      ...(args.user !== undefined && { runAsUser: args.user, runAsGroup: args.user, fsGroup: args.user }),
    },
    ...(workload.profile === "production" && { topologySpreadConstraints: spreadOf(workload) }),
    containers: [
      {
        name: workload.service,
        image: args.image,
        ...(workload.imagePullPolicy !== undefined && { imagePullPolicy: workload.imagePullPolicy }),
        ...(args.command && { command: [...args.command] }),
        ...(args.args && { args: [...args.args] }),
        ...(args.env && { env: Object.entries(args.env).map(([name, value]) => ({ name, value })) }),
        ...(args.secretEnv && { envFrom: [{ secretRef: { name: workloadName(workload) } }] }),
        ...(service.port !== undefined && {
          ports: [{ containerPort: service.port }],
          ...probes(service),
          lifecycle: { preStop: { sleep: { seconds: LEAVING } } },
        }),
        resources: {
          requests: requestsOf(args, workload.profile),
          limits: { memory: defaultMemory.limit, ...args.limits },
        },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ["ALL"] },
          readOnlyRootFilesystem: args.readOnlyRootFilesystem ?? true,
        },
        volumeMounts: writable,
      },
    ],
    volumes: writable.map(({ name }) => ({ name, emptyDir: {} })),
  };
}

/** A slow start is not an illness: the liveness probe begins where the startup probe ends, after two minutes at most. */
function probes({
  port,
  healthPath,
}: ServiceArgs): Pick<Container, "startupProbe" | "readinessProbe" | "livenessProbe"> {
  if (port === undefined) return {};
  const check = healthPath === undefined ? { tcpSocket: { port } } : { httpGet: { path: healthPath, port } };
  return {
    startupProbe: { ...check, periodSeconds: 1, failureThreshold: 120 },
    readinessProbe: { ...check, periodSeconds: 5, timeoutSeconds: 3 },
    livenessProbe: { ...check, periodSeconds: 10, timeoutSeconds: 5 },
  };
}

/** The pods of one version are spread; those of a new template by themselves, whatever pods of the old one still run. */
const spreadOf = (workload: Workload) =>
  spread(podLabels(workload)).map((rule) => ({ ...rule, matchLabelKeys: ["pod-template-hash"] }));
