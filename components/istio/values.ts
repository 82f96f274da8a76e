import type { IpFamily } from "../ipFamily.ts";
import type { Profile } from "../profile.ts";

/** Values of a chart. */
export type Values = Readonly<Record<string, unknown>>;

/** What the values of istiod depend on. */
export interface ControlPlaneArgs {
  readonly profile: Profile;
  readonly images: ImagesArgs;
  readonly accessLog?: boolean;
  readonly sampling?: number;
  /** Entries of `meshConfig.extensionProviders`; they replace those of the chart's profile. */
  readonly extensionProviders?: readonly Values[];
  /** Whether pods leave their network to istio-cni. */
  readonly cni?: boolean;
  readonly revision?: string;
  /** What pods have addresses of. */
  readonly ipFamily?: IpFamily;
}

/** Where Istio's images come from. */
export interface ImagesArgs {
  /**
   * Registry and path, e.g. `registry.istio.io/release`.
   * @default - the chart's
   */
  readonly hub?: string;

  /**
   * Tag of the images.
   * @default - the chart's
   */
  readonly tag?: string;

  /**
   * When nodes pull the images.
   * @default - the chart's
   */
  readonly pullPolicy?: "Always" | "IfNotPresent" | "Never";
}

/**
 * Istiod switches the validating webhooks from Ignore to Fail once it runs. Fail from the start leaves it nothing to
 * change, so that the charts may also be applied by server-side apply.
 */
const validationFailurePolicy = { base: { validationFailurePolicy: "Fail" } };

/** Values of the chart `base`; the revision is that which validates Istio's objects. */
export function baseValues(defaultRevision?: string): Values {
  return { ...validationFailurePolicy, ...(defaultRevision !== undefined && { defaultRevision }) };
}

/** Values of the chart `cni`. */
export function cniValues({ profile, images }: Pick<ControlPlaneArgs, "profile" | "images">): Values {
  return { ...(profile === "demo" && { profile }), global: imageValues(images) };
}

function imageValues({ hub, tag, pullPolicy }: ImagesArgs): Values {
  return {
    ...(hub !== undefined && { hub }),
    ...(tag !== undefined && { tag }),
    ...(pullPolicy !== undefined && { imagePullPolicy: pullPolicy }),
  };
}

/**
 * Values of the chart `istiod`. Each differs from what the chart and its profile have anyway; a test takes them away
 * one by one.
 */
export function istiodValues({
  profile,
  images,
  accessLog,
  sampling,
  extensionProviders = [],
  cni = false,
  revision,
  ipFamily = "ipv4",
}: ControlPlaneArgs): Values {
  const isDemo = profile === "demo";
  return mergeValues(
    validationFailurePolicy,
    isDemo ? { profile: "demo" } : highlyAvailableIstiod,
    { global: imageValues(images) },
    revision === undefined ? {} : { revision },
    cni ? { cni: { enabled: true } } : {},
    // The chart's profile demo logs and traces everything, the chart itself nothing and 1 %.
    accessLog !== undefined && accessLog !== isDemo
      ? { meshConfig: { accessLogFile: accessLog ? "/dev/stdout" : "" } }
      : {},
    // Under `pilot`, since that is where the profile sets it, and `pilot` wins over the top level.
    sampling !== undefined && sampling !== (isDemo ? 100 : 1) ? { pilot: { traceSampling: sampling } } : {},
    extensionProviders.length > 0 ? { meshConfig: { extensionProviders } } : {},
    ipFamily === "ipv6" ? ipv4Outbound : {},
  );
}

/**
 * On EKS, pods with IPv6 reach what has IPv4 alone, by an address that the node translates. Proxies listen for IPv6 alone,
 * and would refuse it.
 * @see https://github.com/istio/istio/issues/46719
 */
const ipv4Outbound: Values = { env: { ISTIO_ENABLE_IPV4_OUTBOUND_LISTENER_FOR_IPV6_CLUSTERS: "true" } };

const highlyAvailableIstiod: Values = {
  autoscaleMin: 2,
  topologySpreadConstraints: spread({ app: "istiod" }),
  // Nobody reaches ports of istiod's pods that are not for the mesh.
  global: { priorityClassName: "system-cluster-critical", networkPolicy: { enabled: true } },
  // Where sidecars are ordinary containers, the application waits for its network.
  meshConfig: { defaultConfig: { holdApplicationUntilProxyStarts: true } },
};

/** Pods of one Deployment go to different zones and nodes where there are several. */
export function spread(matchLabels: Readonly<Record<string, string>>) {
  return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels },
  }));
}

/** Merges values as Helm does: maps key by key, anything else replaced by the later. */
export function mergeValues(...layers: readonly Values[]): Values {
  // A map, since a user's key may be one that an object takes for something else, such as __proto__.
  const merged = new Map<string, unknown>();
  for (const [key, value] of layers.flatMap((layer) => Object.entries(layer))) {
    const before = merged.get(key);
    merged.set(key, isMap(before) && isMap(value) ? mergeValues(before, value) : value);
  }
  return Object.fromEntries(merged);
}

function isMap(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
