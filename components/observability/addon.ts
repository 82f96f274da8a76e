import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import type { Finding } from "../../lib/schema/problems.ts";
import { mapOf, type Untrusted } from "../../lib/untrusted.ts";
import type { product } from "../../versions.ts";
import type { Values } from "../istio/values.ts";
import type { Profile } from "../profile.ts";
import type { TracingProvider } from "../telemetry/providers.ts";

/** The chart of a tool. */
export type AddonChart = keyof typeof product.addons;

/** What every tool can be told. */
export interface ToolOptions {
  /**
   * Whether the tool is installed.
   * @default true
   */
  readonly enabled?: boolean;
  /** Further values of its chart; they win over all others. */
  readonly values?: Values;
}

/** A persistent volume. */
export interface StorageArgs {
  /** Size of the volume, e.g. `50Gi`. */
  readonly size: string;

  /**
   * Name of the StorageClass.
   * @default - the cluster's default class; EKS has none since 1.30
   */
  readonly storageClass?: string;
}

/** Where a tool answers, inside the cluster. */
export interface AddonPlace {
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
  /** Path of its first page. */
  readonly path: string;
}

/** A secret of a tool that `make up` makes. */
export interface AddonSecret<Options> {
  /** The option that holds it. */
  readonly key: string;
  /** What it is for, in the words of a message. */
  readonly what: string;
  /** What follows the tool's name in that of the Kubernetes Secret. */
  readonly suffix: string;
  /** The content of the Kubernetes Secret. */
  content(options: Options): Readonly<Record<string, pulumi.Input<string> | undefined>>;
}

/** A tool that another one asks and links to. */
export interface LinkedTool {
  /** Its address in the cluster. */
  readonly url: string;
  /** Its address in a browser. */
  readonly externalUrl: string;
}

/** A tool as another one sees it; its addresses have no path. */
export interface OtherTool extends LinkedTool {
  /** Name of its Secret; whoever asks waits for it. */
  readonly credentials: () => CredentialsName;
}

/** The name of a Secret, which has one only once it is there. */
export type CredentialsName = string | pulumi.Output<string>;

/** What the values of a tool's chart depend on, beside its options. */
export interface AddonContext {
  readonly profile: Profile;
  /** Name of its own Secret. */
  readonly credentials: CredentialsName;
  /** Whether everybody who reaches it may look, without a login. */
  readonly anonymous: boolean;
  /** Host at which people open it from outside, if it is exposed. */
  readonly host: string | undefined;
  /** Another tool, if it is there. */
  readonly other: (name: string) => OtherTool | undefined;
}

/**
 * All there is to know of a tool that looks at the mesh. Whatever does something with tools goes through the list of these
 * in `addons.ts`.
 */
export interface Addon<Options extends ToolOptions = ToolOptions> {
  /** Its key in a stack file, the name of its release, and `app.kubernetes.io/name` of its pods. */
  readonly name: string;
  /** What people call it; also the type of its component. */
  readonly title: string;
  readonly chart: { readonly name: AddonChart; readonly repository: string };
  readonly place: AddonPlace;
  /** Port of a developer's machine at which `make dashboards` opens it, and at which the others link to it. */
  readonly localPort: number;
  /**
   * What stands before the domain in its host, where it is exposed.
   * @default - its name
   */
  readonly subdomain?: string;
  /** Whether it asks who somebody is. One that does has the option `anonymous`. */
  readonly hasLogin: boolean;
  /** How to log in, in lines for whoever has opened it. */
  readonly loginHelp?: readonly string[];
  readonly secret?: AddonSecret<Options>;
  /** Whether one of the user's own can stand in for it, by the option `url`. */
  readonly canBeElsewhere?: boolean;
  /** Tools that have to be ready before it starts, where they are installed. */
  readonly startsAfter?: readonly string[];
  /** Ports that are open to all pods in the production profile, and what comes in there. */
  readonly openPorts?: { readonly what: string; readonly ports: readonly number[] };
  /** The names under which it is known as a collector of spans. */
  readonly tracingProviders?: Readonly<Record<string, TracingProvider>>;
  /** The schema of its options. */
  readonly schema: z.ZodType;
  /** The values of its chart, without those that the user adds. */
  values(options: Options, context: AddonContext): Values;
  /**
   * What cannot work, or must not be.
   * @param section the options of all tools, before they are known to be right
   * @param isOpen whether the tool lets everybody in
   */
  problems?(section: Untrusted, isOpen: boolean): Iterable<Finding>;
}

/** What is needed of a descriptor to install what it describes. */
export type Installable = Pick<Addon, "name" | "title" | "chart" | "place" | "secret" | "values">;

/** Whether a tool is installed, where the tools are. */
export const isEnabled = (section: Untrusted, tool: string): boolean => mapOf(section[tool]).enabled !== false;

/** The address of a tool in the cluster, without a path. */
export const addressOf = ({ service, namespace, port }: AddonPlace): string =>
  `http://${service}.${namespace}${port === 80 ? "" : `:${port}`}`;
