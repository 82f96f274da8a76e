import type { Fields } from "../../../../testbed/pulumi/provider/values/value.ts";

const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** A value as the engine marks a secret. */
export const secret = (value: unknown): Fields => ({ [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", value });

/** The value as it stands in the state in clear. */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (SIGNATURE in value) return "[secret]";
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrets(item)]));
}

/** What stands for a text that is not known yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const urnOf = (type: string, name = "sample"): string => `urn:pulumi:dev::mesh::kubernetes:${type}::${name}`;

export const ROUTE = urnOf("networking.istio.io/v1:VirtualService");

export const route = (weight: number, annotations?: Fields): Fields => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: "reviews", namespace: "bookinfo", ...(annotations && { annotations }) },
  spec: { hosts: ["reviews"], http: [{ route: [{ destination: { host: "reviews" }, weight }] }] },
});

export const DEPLOYMENT = urnOf("apps/v1:Deployment");

export const deployment = (annotations?: Fields): Fields => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "details", namespace: "bookinfo", ...(annotations && { annotations }) },
  spec: { selector: { matchLabels: { app: "details" } }, template: { metadata: { labels: { app: "details" } } } },
});

/** The status of a Deployment whose Pods are all there. */
export const available = (generation: number): Fields => ({
  observedGeneration: generation,
  replicas: 1,
  updatedReplicas: 1,
  availableReplicas: 1,
});

export const CONFIG_MAP = urnOf("core/v1:ConfigMap");

export const configMap = (data: Fields): Fields => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "settings", namespace: "bookinfo" },
  data,
});

/** What a call is refused with. */
export async function refusalOf<T>(call: Promise<unknown>, type: new (...args: never[]) => T): Promise<T> {
  const outcome = await call.then(
    () => new Error("the call was not refused"),
    (error: unknown) => error,
  );
  if (outcome instanceof type) return outcome;
  throw outcome as Error;
}
