import { z } from "zod";

/*
 * What the schema of the chart `gateway` takes. The chart checks it too, but not before `up`, in the middle of a
 * change; a test holds this to the schema in the chart.
 */

const map = z.record(z.string(), z.unknown(), { error: "must be a map" });
const list = z.array(z.unknown(), { error: "must be a list" });
const maps = z.array(map, { error: "must be a list of maps" });
const string = z.string({ error: "must be a string; put it in quotes" });
const number = z.number({ error: "must be a number" });
const whole = z.int({ error: "must be a whole number" });
const flag = z.boolean({ error: "must be true or false" });
const stringOrWhole = z.union([string, whole], { error: "must be a string or a whole number" });

/** A map of which the chart checks some keys and takes all others as they are. */
function partly(fields: Record<string, z.ZodType>) {
  return z.looseObject(Object.fromEntries(Object.entries(fields).map(([key, type]) => [key, type.exactOptional()])), {
    error: "must be a map",
  });
}
const oneOf = (...values: readonly [string, ...string[]]) =>
  z.enum(values, { error: `must be ${values.map((value) => JSON.stringify(value)).join(" or ")}` });

const amounts = partly({ cpu: string.nullable(), memory: string.nullable() }).nullable();
const gatewayPort = partly({ name: string, port: whole, protocol: string, targetPort: whole });

/** The keys of the chart's values; there may be no other. */
export const gatewayChartKeys: Readonly<Record<string, z.ZodType>> = {
  _internal_defaults_do_not_set: map,
  additionalContainers: maps,
  affinity: map,
  annotations: z.record(z.string(), stringOrWhole, { error: "must be a map" }),
  autoscaling: partly({ enabled: flag, maxReplicas: whole, minReplicas: whole, targetCPUUtilizationPercentage: whole }),
  compatibilityVersion: string,
  containerSecurityContext: map.nullable(),
  defaultRevision: string,
  dnsConfig: map,
  dnsPolicy: string,
  enabled: flag,
  env: map,
  envVarFrom: z.array(partly({ name: string, valueFrom: map }), { error: "must be a list of maps" }),
  global: map,
  imagePullPolicy: oneOf("", "Always", "IfNotPresent", "Never"),
  imagePullSecrets: z.array(partly({ name: string }), { error: "must be a list of maps" }),
  initContainers: maps,
  kind: oneOf("Deployment", "DaemonSet"),
  labels: map,
  lifecycle: partly({ postStart: map, preStop: map }),
  minReadySeconds: whole.nullable(),
  name: string,
  networkGateway: string,
  networkGatewayPorts: z.record(
    z.string(),
    z.looseObject(
      { port: whole, targetPort: whole.exactOptional(), protocol: string.exactOptional() },
      { error: "must be a map" },
    ),
    { error: "must be a map" },
  ),
  nodeSelector: map,
  pilot: map,
  platform: string,
  podAnnotations: partly({
    "inject.istio.io/templates": string,
    "prometheus.io/path": string,
    "prometheus.io/port": string,
    "prometheus.io/scrape": string,
  }),
  podDisruptionBudget: partly({
    maxUnavailable: stringOrWhole,
    minAvailable: stringOrWhole,
    unhealthyPodEvictionPolicy: oneOf("", "IfHealthyBudget", "AlwaysAllow"),
  }),
  priorityClassName: string,
  profile: string,
  rbac: partly({ enabled: flag }),
  readinessProbe: map.nullable(),
  replicaCount: whole.nullable(),
  resources: partly({ limits: amounts, requests: amounts }),
  revision: string,
  runAsRoot: flag,
  securityContext: map.nullable(),
  service: partly({
    annotations: map,
    externalTrafficPolicy: string,
    healthCheckNodePort: whole,
    ipFamilies: z.array(oneOf("IPv4", "IPv6"), { error: "must be a list" }),
    ipFamilyPolicy: oneOf("", "SingleStack", "PreferDualStack", "RequireDualStack"),
    loadBalancerIP: string,
    loadBalancerSourceRanges: list,
    ports: z.array(gatewayPort, { error: "must be a list of maps" }),
    selectorLabels: z.record(z.string(), string, { error: "must be a map" }),
    type: string,
  }),
  serviceAccount: partly({ annotations: map, create: flag, name: string }),
  strategy: map,
  terminationGracePeriodSeconds: number,
  tolerations: list,
  topologySpreadConstraints: list,
  unprivilegedPort: z.union([flag, z.literal("auto")], { error: "must be true, false or auto" }),
  volumeMounts: maps,
  volumes: maps,
};
