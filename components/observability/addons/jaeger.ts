import { createHash } from "node:crypto";
import * as field from "../../../lib/schema/fields.ts";
import { ISTIO_NAMESPACE } from "../../istio/namespace.ts";
import { mergeValues, type Values } from "../../istio/values.ts";
import type { Profile } from "../../profile.ts";
import type { Addon, StorageArgs, ToolOptions } from "../addon.ts";
import { noSidecar, requests, storage, toolFields, unprivileged } from "../parts.ts";

/** Jaeger, which keeps the traces. */
export interface JaegerOptions extends ToolOptions {
  /**
   * How many traces are kept in memory, where there is no volume; the oldest go first.
   * @default 10000
   */
  readonly maxTraces?: number;

  /**
   * @default - memory, which goes with the pod
   */
  readonly storage?: StorageArgs;

  /**
   * How long traces are kept on the volume, e.g. `48h`.
   * @default "72h"
   */
  readonly retention?: string;
}

/** Ports at which Jaeger answers; the chart opens them. */
export const jaegerPorts = {
  otlp: 4317,
  otlpHttp: 4318,
  zipkin: 9411,
  query: 16686,
  queryGrpc: 16685,
  health: 13133,
} as const;

/** Path before everything that Jaeger serves: Istio's tools and Kiali expect it. */
export const JAEGER_PATH = "/jaeger";

/**
 * Proxies send spans by OTLP to `jaeger-collector:4317` or by Zipkin's protocol to `zipkin:9411`; people and tools read them at
 * `tracing`.
 * @see https://istio.io/latest/docs/ops/integrations/jaeger/
 */
export const jaeger = {
  name: "jaeger",
  title: "Jaeger",
  chart: { name: "jaeger", repository: "https://jaegertracing.github.io/helm-charts" },
  place: { namespace: ISTIO_NAMESPACE, service: "tracing", port: 80, path: JAEGER_PATH },
  localPort: 16686,
  // As its Service is named.
  subdomain: "tracing",
  hasLogin: false,
  openPorts: { what: "spans", ports: [jaegerPorts.otlp, jaegerPorts.otlpHttp, jaegerPorts.zipkin] },
  tracingProviders: {
    jaeger: {
      opentelemetry: { service: `jaeger-collector.${ISTIO_NAMESPACE}.svc.cluster.local`, port: jaegerPorts.otlp },
    },
    zipkin: { zipkin: { service: `zipkin.${ISTIO_NAMESPACE}.svc.cluster.local`, port: jaegerPorts.zipkin } },
  },
  schema: field
    .section({
      ...toolFields,
      maxTraces: field.wholeNumber(1, 10_000_000).exactOptional(),
      retention: field.text(/^[1-9]\d*(m|h)$/, "must be a time in minutes or hours, such as 72h").exactOptional(),
      storage: storage.exactOptional(),
    })
    .refine(({ maxTraces, storage }) => maxTraces === undefined || storage === undefined, {
      path: ["maxTraces"],
      error: "has no effect on a volume, where retention says what is kept: leave one of maxTraces and storage out",
      ...field.always,
    })
    .refine(({ retention, storage }) => retention === undefined || storage !== undefined, {
      path: ["retention"],
      error: "needs storage: in memory, maxTraces says what is kept",
      ...field.always,
    }),
  values: (options, { profile }) => jaegerValues(profile, options),
} as const satisfies Addon<JaegerOptions>;

const STORE = "traces";
const VOLUME = "/badger";
const CLAIM = "jaeger-traces";

/**
 * Values of the chart `jaeger`: one process that takes spans by OTLP and by Zipkin's protocol, under the three Service
 * names of Istio's sample.
 */
export function jaegerValues(profile: Profile, storage: JaegerOptions): Values {
  const userconfig = jaegerConfig(storage);
  return {
    // The name by which Istio's demo profile knows it.
    fullnameOverride: "jaeger-collector",
    userconfig,
    jaeger: mergeValues(
      {
        podLabels: {
          app: "jaeger",
          ...noSidecar,
          // The chart mounts the configuration in a way that running pods do not see it change: a changed label restarts them.
          configuration: createHash("sha256").update(JSON.stringify(userconfig)).digest("hex").slice(0, 12),
        },
        resources: requests(profile, { cpu: "200m", memory: "512Mi" }),
        securityContext: unprivileged,
      },
      storage.storage
        ? {
            extraVolumes: [{ name: "traces", persistentVolumeClaim: { claimName: CLAIM } }],
            extraVolumeMounts: [{ name: "traces", mountPath: VOLUME }],
          }
        : {},
    ),
    extraObjects: [
      service("tracing", [
        { name: "http-query", port: 80, targetPort: jaegerPorts.query },
        { name: "grpc-query", port: jaegerPorts.queryGrpc, targetPort: jaegerPorts.queryGrpc, appProtocol: "grpc" },
      ]),
      service("zipkin", [{ name: "http-query", port: jaegerPorts.zipkin, targetPort: jaegerPorts.zipkin }]),
      ...(storage.storage ? [claim(storage.storage)] : []),
    ],
  };
}

/** Jaeger's own configuration. @see https://www.jaegertracing.io/docs/latest/deployment/configuration/ */
export function jaegerConfig({ maxTraces = 10_000, storage, retention = "72h" }: JaegerOptions): Values {
  const everywhere = (port: number) => `0.0.0.0:${port}`;
  const backend = storage
    ? {
        badger: {
          directories: { keys: `${VOLUME}/keys`, values: `${VOLUME}/values` },
          ephemeral: false,
          ttl: { spans: retention },
        },
      }
    : { memory: { max_traces: maxTraces } };
  return {
    service: {
      extensions: ["jaeger_storage", "jaeger_query", "healthcheckv2"],
      pipelines: {
        traces: { receivers: ["otlp", "zipkin"], processors: ["batch"], exporters: ["jaeger_storage_exporter"] },
      },
      telemetry: {
        resource: { "service.name": "jaeger" },
        metrics: {
          level: "normal",
          readers: [{ pull: { exporter: { prometheus: { host: "0.0.0.0", port: 8888 } } } }],
        },
      },
    },
    extensions: {
      healthcheckv2: { use_v2: true, http: { endpoint: everywhere(jaegerPorts.health) } },
      jaeger_query: {
        base_path: JAEGER_PATH,
        http: { endpoint: everywhere(jaegerPorts.query) },
        grpc: { endpoint: everywhere(jaegerPorts.queryGrpc) },
        storage: { traces: STORE },
      },
      jaeger_storage: { backends: { [STORE]: backend } },
    },
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: everywhere(jaegerPorts.otlp) },
          http: { endpoint: everywhere(jaegerPorts.otlpHttp) },
        },
      },
      zipkin: { endpoint: everywhere(jaegerPorts.zipkin) },
    },
    processors: { batch: {} },
    exporters: { jaeger_storage_exporter: { trace_storage: STORE } },
  };
}

function service(name: string, ports: readonly object[]) {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, labels: { app: "jaeger" } },
    spec: {
      selector: { "app.kubernetes.io/name": "jaeger", "app.kubernetes.io/component": "all-in-one" },
      ports,
    },
  };
}

function claim({ size, storageClass }: StorageArgs) {
  return {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: CLAIM, labels: { app: "jaeger" } },
    spec: {
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: size } },
      ...(storageClass && { storageClassName: storageClass }),
    },
  };
}
