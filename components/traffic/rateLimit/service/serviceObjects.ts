import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { dump } from "js-yaml";
import { product } from "../../../../versions.ts";
import { spread } from "../../../istio/values.ts";
import type { Profile } from "../../../profile.ts";
import { serviceLimits, type HostLimits } from "../meshRateLimit.ts";
import { portOf, SERVICE, type RateLimitServiceOptions, type RedisOptions } from "./serviceOptions.ts";

export const GRPC_PORT = 8081;
const HEALTH_PORT = 8080;

/** A user who is not root; that of the image. */
const USER = 65532;
const SOCKET = "/run/valkey/valkey.sock";
const KEY = "auth";

/** Labels of its pods. */
export const servicePods = { app: SERVICE };

/** The files that the service reads, one a host. */
export const limitFiles = (hosts: readonly HostLimits[]): Record<string, string> =>
  Object.fromEntries(hosts.map((each) => [`${each.domain}.yaml`, dump(serviceLimits(each))]));

/** What the service logs in to Redis with: before the first colon it looks for a user. */
export function redisLogin({ username }: RedisOptions, password: string): string {
  const user = username ?? (password.includes(":") ? "default" : undefined);
  return user === undefined ? password : `${user}:${password}`;
}

/** The content of the Secret with the login. */
export const redisSecret = (login: pulumi.Input<string>) => ({ [KEY]: login });

export interface ServiceWorkload extends Pick<RateLimitServiceOptions, "redis" | "replicas" | "images"> {
  readonly profile: Profile;
  readonly proxyVersion: string;
  /** Annotations by which they are rolled when another authority signs their certificates. */
  readonly signedBy?: Readonly<Record<string, string>>;
  /** Name of the ConfigMap with the limits. */
  readonly limits: pulumi.Input<string>;
  /** Name of the Secret with the login to Redis. */
  readonly login?: pulumi.Input<string> | undefined;
}

export const replicasOf = ({ redis, replicas, profile }: Pick<ServiceWorkload, "redis" | "replicas" | "profile">) =>
  replicas ?? (redis !== undefined && profile === "production" ? 2 : 1);

type Container = k8s.types.input.core.v1.Container;

const confined = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  readOnlyRootFilesystem: true,
};

/** The `spec` of the service's Deployment. */
export function serviceDeploymentSpec(workload: ServiceWorkload): k8s.types.input.apps.v1.DeploymentSpec {
  const { redis, profile, proxyVersion, limits } = workload;
  return {
    replicas: replicasOf(workload),
    selector: { matchLabels: servicePods },
    // One that goes has counted; the next takes over before, so that no request is without an answer.
    strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
    template: {
      metadata: {
        // Metrics and graphs know a workload by both.
        labels: { ...servicePods, version: "v1" },
        annotations: {
          "mesh/proxy-version": proxyVersion,
          ...workload.signedBy,
          // Whatever the mesh allows to leave it: a Redis of one's own is no part of it.
          ...(redis && { "traffic.sidecar.istio.io/excludeOutboundPorts": String(portOf(redis.address)) }),
        },
      },
      spec: {
        serviceAccountName: SERVICE,
        automountServiceAccountToken: false,
        securityContext: {
          runAsNonRoot: true,
          ...{ runAsUser: USER, runAsGroup: USER, fsGroup: USER },
          seccompProfile: { type: "RuntimeDefault" },
        },
        ...(profile === "production" && { topologySpreadConstraints: spread(servicePods) }),
        ...(!redis && { initContainers: [valkeyContainer(workload)] }),
        containers: [serviceContainer(workload)],
        volumes: [
          { name: "limits", configMap: { name: limits } },
          ...(redis ? [] : [{ name: "valkey", emptyDir: { medium: "Memory", sizeLimit: "8Mi" } }]),
        ],
      },
    },
  };
}

const requests = (profile: Profile) => ({ cpu: profile === "production" ? "100m" : "10m", memory: "64Mi" });

/** The images, where the stack names no others. */
export const limitImages = {
  ratelimit: `docker.io/envoyproxy/ratelimit:${product.rateLimit}`,
  valkey: `docker.io/valkey/valkey:${product.valkey}`,
};

function serviceContainer({ redis, images, profile, login }: ServiceWorkload): Container {
  const check = { httpGet: { path: "/healthcheck", port: HEALTH_PORT } };
  const env = {
    ...{ LOG_LEVEL: "warn", USE_STATSD: "false" },
    ...{ RUNTIME_ROOT: "/data", RUNTIME_SUBDIRECTORY: "ratelimit", RUNTIME_WATCH_ROOT: "false" },
    // A mounted ConfigMap has files that begin with a dot beside its own.
    RUNTIME_IGNOREDOTFILES: "true",
    REDIS_SOCKET_TYPE: redis ? "tcp" : "unix",
    REDIS_URL: redis?.address ?? SOCKET,
    ...(redis?.tls === true && { REDIS_TLS: "true" }),
  };
  return {
    name: SERVICE,
    image: images?.ratelimit ?? limitImages.ratelimit,
    command: ["/bin/ratelimit"],
    env: [
      ...Object.entries(env).map(([name, value]) => ({ name, value })),
      ...(login === undefined ? [] : [{ name: "REDIS_AUTH", valueFrom: { secretKeyRef: { name: login, key: KEY } } }]),
    ],
    ports: [{ name: "grpc", containerPort: GRPC_PORT }],
    startupProbe: { ...check, periodSeconds: 1, failureThreshold: 120 },
    readinessProbe: { ...check, periodSeconds: 5, timeoutSeconds: 3 },
    livenessProbe: { ...check, periodSeconds: 10, timeoutSeconds: 5 },
    resources: { requests: requests(profile), limits: { memory: "256Mi" } },
    securityContext: confined,
    volumeMounts: [
      { name: "limits", mountPath: "/data/ratelimit/config", readOnly: true },
      ...(redis ? [] : [{ name: "valkey", mountPath: "/run/valkey" }]),
    ],
  };
}

/** A Valkey that only this pod reaches, by a socket; it starts before the service, and goes after it. */
function valkeyContainer({ images, profile }: ServiceWorkload): Container {
  const settings = {
    ...{ port: "0", unixsocket: SOCKET, unixsocketperm: "700", dir: "/run/valkey" },
    // Nothing on a disk: what it counts is over within the window. The oldest counts make room for new ones.
    ...{ save: "", appendonly: "no", maxmemory: "64mb", "maxmemory-policy": "volatile-ttl" },
  };
  return {
    name: "valkey",
    image: images?.valkey ?? limitImages.valkey,
    restartPolicy: "Always",
    command: ["valkey-server"],
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    startupProbe: {
      exec: { command: ["valkey-cli", "-s", SOCKET, "ping"] },
      ...{ periodSeconds: 1, timeoutSeconds: 5, failureThreshold: 60 },
    },
    resources: { requests: requests(profile), limits: { memory: "128Mi" } },
    securityContext: confined,
    volumeMounts: [{ name: "valkey", mountPath: "/run/valkey" }],
  };
}
