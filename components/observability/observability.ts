import * as pulumi from "@pulumi/pulumi";
import type { ChartSource } from "../istio/charts";
import type { GatewayWorkload } from "../istio/istio";
import type { Values } from "../istio/values";
import type { Mesh } from "../mesh";
import type { Profile } from "../profile";
import type { AddonName, AddonPlace, StorageArgs } from "./addon";
import { AddonExposure, exposedTools, hostOf, type AddonExposureRules } from "./exposure";
import { Grafana } from "./grafana";
import { Jaeger } from "./jaeger";
import { JAEGER_PATH, jaegerPorts, type JaegerStorage } from "./jaegerValues";
import { Kiali } from "./kiali";
import { Prometheus } from "./prometheus";
import type { PrometheusStorage } from "./prometheusValues";

/** What every tool can be told. */
export interface ToolRules {
  /** @default true */
  readonly enabled?: boolean;
  /** Further values of its chart; they win over all others. */
  readonly values?: Values;
}

export interface PrometheusRules extends ToolRules, PrometheusStorage {
  /**
   * Address of a Prometheus that you have, which scrapes the mesh; for `enabled: false` only.
   * @default - the one that is installed
   */
  readonly url?: string;
}

export interface GrafanaRules extends ToolRules {
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

export interface KialiRules extends ToolRules {
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
export interface ObservabilityRules {
  /** @default - each tool's own repository */
  readonly charts?: ChartSource;
  readonly prometheus?: PrometheusRules;
  readonly grafana?: GrafanaRules;
  readonly jaeger?: ToolRules & JaegerStorage;
  readonly kiali?: KialiRules;
  /** @default - none; `make dashboards` opens them on your machine */
  readonly exposure?: AddonExposureRules;
  /**
   * Longest time for each tool to become ready, in seconds.
   * @default 300
   */
  readonly timeout?: number;
}

export interface ObservabilityArgs extends ObservabilityRules {
  readonly profile: Profile;
  readonly mesh: Mesh & { readonly ingressGateway: GatewayWorkload };
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
  { profile, ...rules }: ObservabilityRules & { readonly profile: Profile },
): boolean {
  const exposed = rules.exposure !== undefined && exposedTools(rules.exposure, () => true).includes(tool);
  return rules[tool]?.anonymous ?? (profile === "demo" && !exposed);
}

/** Prometheus, Grafana, Jaeger and Kiali, linked to each other. */
export class Observability extends pulumi.ComponentResource {
  /** Where each tool is that is installed. */
  readonly places: Partial<Readonly<Record<AddonName, AddonPlace>>>;

  constructor(name: string, args: ObservabilityArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:observability:Observability", name, {}, options);
    const { profile, mesh, charts, timeout, exposure } = args;
    const of = (tool: AddonName) => {
      const { enabled = true, values } = args[tool] ?? {};
      return {
        enabled,
        common: { profile, mesh, ...(charts && { charts }), ...(timeout && { timeout }), ...(values && { values }) },
      };
    };
    const inHere = { parent: this };
    const tools = exposure ? exposedTools(exposure, (tool) => of(tool).enabled) : [];
    const browserUrl = (tool: AddonName, path = "") =>
      (exposure && tools.includes(tool)
        ? `https://${hostOf(tool, exposure.domain)}`
        : `http://localhost:${localPorts[tool]}`) + path;

    const prometheus = of("prometheus").enabled
      ? new Prometheus("prometheus", { ...args.prometheus, ...of("prometheus").common }, inHere)
      : undefined;
    const metrics = prometheus ? addressOf(prometheus.place) : args.prometheus?.url;

    const jaeger = of("jaeger").enabled
      ? new Jaeger("jaeger", { ...args.jaeger, ...of("jaeger").common }, inHere)
      : undefined;

    const { password, ...grafanaRules } = args.grafana ?? {};
    const grafana = of("grafana").enabled
      ? new Grafana(
          "grafana",
          {
            ...grafanaRules,
            ...of("grafana").common,
            password: required(password, "grafana.password"),
            anonymous: isAnonymous("grafana", args),
            ...(metrics && { prometheus: metrics }),
            ...(jaeger && { jaeger: addressOf(jaeger.place) + JAEGER_PATH }),
            ...(tools.includes("grafana") && { externalUrl: browserUrl("grafana") }),
          },
          inHere,
        )
      : undefined;

    const { signingKey, viewOnly = true } = args.kiali ?? {};
    const kiali = of("kiali").enabled
      ? new Kiali(
          "kiali",
          {
            ...of("kiali").common,
            signingKey: required(signingKey, "kiali.signingKey"),
            viewOnly,
            anonymous: isAnonymous("kiali", args),
            prometheus: required(metrics, "prometheus.url"),
            ...(grafana && {
              grafana: {
                url: addressOf(grafana.place),
                externalUrl: browserUrl("grafana"),
                credentials: grafana.credentials,
              },
            }),
            ...(jaeger && {
              tracing: {
                url: `${addressOf({ ...jaeger.place, port: jaegerPorts.queryGrpc })}${JAEGER_PATH}`,
                externalUrl: browserUrl("jaeger", JAEGER_PATH),
              },
              dependsOn: [jaeger.release],
            }),
            ...(exposure && tools.includes("kiali") && { host: hostOf("kiali", exposure.domain) }),
          },
          inHere,
        )
      : undefined;

    this.places = {
      ...(prometheus && { prometheus: prometheus.place }),
      ...(grafana && { grafana: grafana.place }),
      ...(jaeger && { jaeger: jaeger.place }),
      ...(kiali && { kiali: kiali.place }),
    };
    if (exposure) new AddonExposure("addons", { ...exposure, places: this.places, mesh }, inHere);
    this.registerOutputs({ places: this.places });
  }
}

const addressOf = ({ service, namespace, port }: AddonPlace) =>
  `http://${service}.${namespace}${port === 80 ? "" : `:${port}`}`;

function required<Value>(value: Value | undefined, propertyPath: string): Value {
  if (value === undefined) throw new pulumi.InputPropertyError({ propertyPath, reason: "is missing" });
  return value;
}
