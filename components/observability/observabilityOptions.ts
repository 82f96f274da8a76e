import type * as pulumi from "@pulumi/pulumi";
import type { ChartSource } from "../istio/charts.ts";
import type { Values } from "../istio/values.ts";
import type { Profile } from "../profile.ts";
import type { AddonName } from "./addonNames.ts";
import type { StorageArgs } from "./addon.ts";
import { exposedTools, withoutLogin, type AddonExposureOptions } from "./exposureOptions.ts";
import type { JaegerStorage } from "./jaegerValues.ts";
import type { PrometheusStorage } from "./prometheusValues.ts";

/** What every tool can be told. */
export interface ToolOptions {
  /** @default true */
  readonly enabled?: boolean;
  /** Further values of its chart; they win over all others. */
  readonly values?: Values;
}

export interface PrometheusOptions extends ToolOptions, PrometheusStorage {
  /**
   * Address of a Prometheus that you have, which scrapes the mesh; for `enabled: false` only.
   * @default - the one that is installed
   */
  readonly url?: string;
}

export interface GrafanaOptions extends ToolOptions {
  /** @default "admin" */
  readonly user?: string;
  /** The administrator's. */
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

export interface KialiOptions extends ToolOptions {
  /** Key that signs the sessions: 16, 24 or 32 bytes. */
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
  /** @default - each tool's own repository */
  readonly charts?: ChartSource;
  readonly prometheus?: PrometheusOptions;
  readonly grafana?: GrafanaOptions;
  readonly jaeger?: ToolOptions & JaegerStorage;
  readonly kiali?: KialiOptions;
  /** @default - none; `make dashboards` opens them on your machine */
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
  { profile, ...rules }: ObservabilityOptions & { readonly profile: Profile },
): boolean {
  const exposed = rules.exposure !== undefined && exposedTools(rules.exposure, () => true).includes(tool);
  return rules[tool]?.anonymous ?? (profile === "demo" && !exposed);
}

/** Whether a tool is installed, where the tools are. */
export const isEnabled = (rules: ObservabilityOptions, tool: AddonName): boolean => rules[tool]?.enabled ?? true;

/** Everything that is missing, or that would be open to those who must not look. */
export function* observabilityProblems(
  args: ObservabilityOptions & { readonly profile: Profile },
): Iterable<{ readonly propertyPath: string; readonly reason: string }> {
  const { prometheus, grafana, kiali, exposure, profile } = args;
  const has = (tool: AddonName) => isEnabled(args, tool);
  if (has("grafana") && grafana?.password === undefined) {
    yield { propertyPath: "grafana.password", reason: "is missing" };
  }
  if (has("kiali") && kiali?.signingKey === undefined) yield { propertyPath: "kiali.signingKey", reason: "is missing" };
  if (has("kiali") && !has("prometheus") && prometheus?.url === undefined) {
    yield { propertyPath: "prometheus.url", reason: "is missing: Kiali draws the mesh from metrics" };
  }
  const open = exposure ? exposedTools(exposure, has) : [];
  for (const tool of ["grafana", "kiali"] as const) {
    if (!has(tool) || !isAnonymous(tool, args)) continue;
    const propertyPath = `${tool}.anonymous`;
    if (profile === "production") yield { propertyPath, reason: "must be false in the production profile" };
    else if (open.includes(tool)) yield { propertyPath, reason: "must be false for a tool that is exposed" };
  }
  if (open.some((tool) => withoutLogin.includes(tool)) && exposure?.jwt === undefined) {
    yield { propertyPath: "exposure.jwt", reason: "is missing: Prometheus and Jaeger have no login of their own" };
  }
}
