import type * as pulumi from "@pulumi/pulumi";
import type { ExposureTls, PathMatch } from "../traffic/gateway/exposureSpecs.ts";

/** Protocols by which Istio may treat a port; the name of the port tells it. */
export const protocols = ["http", "http2", "grpc", "https", "tls", "tcp", "mongo", "mysql", "redis"] as const;
export type Protocol = (typeof protocols)[number];

/** Amounts of CPU and memory, e.g. `{ cpu: "100m", memory: "128Mi" }`. */
export interface ResourceAmounts {
  /** CPU, e.g. `100m`. */
  readonly cpu?: string;
  /** Memory, e.g. `128Mi`. */
  readonly memory?: string;
}

/** One version of a service: a Deployment whose pods carry the labels `app` and `version`. */
export interface VersionArgs {
  /** Image with a fixed tag or a digest. */
  readonly image: string;

  /**
   * Number of pods.
   * @default - 1 in the demo profile, 2 in the production profile
   */
  readonly replicas?: number;

  /**
   * The command of the container.
   * @default - the image's own
   */
  readonly command?: readonly string[];

  /**
   * Its arguments.
   * @default - the image's own
   */
  readonly args?: readonly string[];

  /** Environment variables that anyone may read. */
  readonly env?: Readonly<Record<string, string>>;

  /**
   * Environment variables that are secret: kept in a Secret, encrypted in Pulumi's state. Pods see a changed value when
   * they start next.
   */
  readonly secretEnv?: Readonly<Record<string, pulumi.Input<string>>>;

  /**
   * Folders that the container may write to; their content goes with the pod.
   * @default ["/tmp"]
   */
  readonly writablePaths?: readonly string[];

  /**
   * Whether everything but `writablePaths` is read-only to the container.
   * @default true
   */
  readonly readOnlyRootFilesystem?: boolean;

  /**
   * Numeric user and group of the container; not 0, since it does not run as root, and not 1337, the sidecar's.
   * @default - the image's user, which has to be numeric
   */
  readonly user?: number;

  /**
   * What each pod is sure to get.
   * @default - 10m CPU (100m in the production profile), 64Mi of memory
   */
  readonly requests?: ResourceAmounts;

  /**
   * The most that each pod gets.
   * @default - 512Mi of memory; no limit of CPU, which would only throttle
   */
  readonly limits?: ResourceAmounts;

  /**
   * Annotations of the pods, e.g. `traffic.sidecar.istio.io/includeOutboundIPRanges`.
   * @see https://istio.io/latest/docs/reference/config/annotations/
   */
  readonly podAnnotations?: Readonly<Record<string, string>>;

  /**
   * Whether the pods get a sidecar.
   * @default - as the namespace says
   */
  readonly sidecar?: boolean;
}

/** A service of the mesh and its versions. */
export interface ServiceArgs {
  /**
   * Port of the Service and of the containers.
   * @default - no Service: nothing calls these pods
   */
  readonly port?: number;

  /**
   * What the service speaks.
   * @default "http"
   */
  readonly protocol?: Protocol;

  /**
   * Path that answers 200 to a GET while the service is healthy.
   * @default - healthy while the port takes connections
   */
  readonly healthPath?: string;

  /**
   * Services that it calls, by name: `ratings`, or `ratings.bookinfo` for one of another namespace. `mesh:security` lets it call
   * them, where it refuses what is not allowed.
   * @default - none
   */
  readonly calls?: readonly string[];

  /** By name: the value of the label `version`, by which routes choose. */
  readonly versions: Readonly<Record<string, VersionArgs>>;
}

/** An application as data: Bookinfo, and what a stack file says about others. */
export interface ApplicationData {
  /**
   * The namespace of its services.
   * @default - the name of the application
   */
  readonly namespace?: string;

  /** Services by name, the name by which others call them. */
  readonly services: Readonly<Record<string, ServiceArgs>>;

  /**
   * When nodes pull the images.
   * @default - Kubernetes' default: what is on the node is not pulled again
   */
  readonly imagePullPolicy?: "Always" | "IfNotPresent" | "Never";

  /**
   * What is open to the outside.
   * @default - nothing
   */
  readonly exposure?: {
    /** The service that is called. */
    readonly service: string;
    /** Hosts by whose names the service is called from outside; `*` would take the requests for all others too. */
    readonly hosts: readonly string[];
    /** @default - all paths */
    readonly paths?: readonly PathMatch[];
    /**
     * Encryption between the client and the gateway, on port 443; port 80 redirects there.
     * @default - none: plain HTTP on port 80
     */
    readonly tls?: ExposureTls;
  };
}
