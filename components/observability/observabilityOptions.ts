import type * as pulumi from "@pulumi/pulumi";
import type { ChartSource } from "../istio/charts.ts";
import type { Values } from "../istio/values.ts";
import type { Profile } from "../profile.ts";
import type { AddonName } from "./addonNames.ts";
import type { StorageArgs } from "./addon.ts";
import type { AddonExposureOptions } from "./exposureOptions.ts";
import type { JaegerStorage } from "./jaegerValues.ts";
import type { PrometheusStorage } from "./prometheusValues.ts";
import { isEnabled, openTools, unsafeTools } from "./safety.ts";
import { pathText } from "../../lib/schema/problems.ts";
import { mapOf } from "../../lib/untrusted.ts";

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

/** Prometheus, which keeps the metrics. */
export interface PrometheusOptions extends ToolOptions, PrometheusStorage {
  /**
   * Address of a Prometheus that you have, which scrapes the mesh; for `enabled: false` only.
   * @default - the one that is installed
   */
  readonly url?: string;
}

/** Grafana, which draws the metrics. */
export interface GrafanaOptions extends ToolOptions {
  /**
   * Name of the administrator.
   * @default "admin"
   */
  readonly user?: string;
  /** Password of the administrator, a secret; `make up` makes one. */
  readonly password?: pulumi.Input<string>;
  /**
   * Whether everybody who reaches it may look without a login; in the demo profile only, and only unexposed.
   * @default - where that is allowed
   */
  readonly anonymous?: boolean;
  /**
   * Folder on the web with the dashboards of Istio's source, or false for none.
   * @default - that of the installed version on GitHub
   */
  readonly dashboards?: string | false;
  /** @default - a volume that goes with the pod */
  readonly storage?: StorageArgs;
}

/** Kiali, which draws the mesh. */
export interface KialiOptions extends ToolOptions {
  /** Key that signs the sessions, a secret of 16, 24 or 32 bytes; `make up` makes one. */
  readonly signingKey?: pulumi.Input<string>;
  /**
   * Whether everybody who reaches it may look without a token; in the demo profile only, and only unexposed.
   * @default - where that is allowed
   */
  readonly anonymous?: boolean;
  /**
   * Whether it changes nothing in the cluster. What it would change, the next `up` takes back.
   * @default true
   */
  readonly viewOnly?: boolean;
}

/** The tools that look at the mesh, as plain data. */
export interface ObservabilityOptions {
  /**
   * Where the charts come from.
   * @default - each tool's own repository
   */
  readonly charts?: ChartSource;
  readonly prometheus?: PrometheusOptions;
  readonly grafana?: GrafanaOptions;
  /** Jaeger, which keeps the traces. */
  readonly jaeger?: ToolOptions & JaegerStorage;
  readonly kiali?: KialiOptions;
  /**
   * Opens the tools to the outside.
   * @default - none; `make dashboards` opens them on your machine
   */
  readonly exposure?: AddonExposureOptions;
  /**
   * Longest time for each tool to become ready, in seconds.
   * @default 300
   */
  readonly timeout?: number;
}

/** Ports of a developer's machine at which `make dashboards` opens the tools, and at which they link to each other. */
export const localPorts: Readonly<Record<AddonName, number>> = {
  prometheus: 9090,
  grafana: 3000,
  jaeger: 16686,
  kiali: 20001,
};

/** Whether a tool is there for everybody who reaches it. */
export function isAnonymous(
  tool: "grafana" | "kiali",
  { profile, ...options }: ObservabilityOptions & { readonly profile: Profile },
): boolean {
  return options[tool]?.anonymous ?? (profile === "demo" && !openTools(mapOf(options)).includes(tool));
}

/** Everything that is missing, or that would be open to those who must not look. */
export function* observabilityProblems(
  args: ObservabilityOptions & { readonly profile: Profile },
): Iterable<{ readonly propertyPath: string; readonly reason: string }> {
  const options = mapOf(args);
  if (isEnabled(options, "grafana") && args.grafana?.password === undefined) {
    yield { propertyPath: "grafana.password", reason: "is missing" };
  }
  if (isEnabled(options, "kiali") && args.kiali?.signingKey === undefined) {
    yield { propertyPath: "kiali.signingKey", reason: "is missing" };
  }
  for (const { path, reason } of unsafeTools(options, args.profile === "production")) {
    yield { propertyPath: pathText(path), reason };
  }
}
