import * as pulumi from "@pulumi/pulumi";
import type { GatewayWorkload } from "../istio/istio.ts";
import type { Mesh } from "../mesh.ts";
import type { Profile } from "../profile.ts";
import type { AddonName } from "./addonNames.ts";
import type { AddonPlace } from "./addon.ts";
import { AddonExposure } from "./exposure.ts";
import { hostOf } from "./exposureOptions.ts";
import { Grafana } from "./grafana.ts";
import { Jaeger } from "./jaeger.ts";
import { JAEGER_PATH, jaegerPorts } from "./jaegerValues.ts";
import { Kiali } from "./kiali.ts";
import { isAnonymous, localPorts, observabilityProblems, type ObservabilityOptions } from "./observabilityOptions.ts";
import { Prometheus } from "./prometheus.ts";
import { isEnabled, openTools } from "./safety.ts";
import { mapOf } from "../../lib/untrusted.ts";
import { limitVisitors } from "./visitors.ts";

export interface ObservabilityArgs extends ObservabilityOptions {
  readonly profile: Profile;
  readonly mesh: Mesh & { readonly ingressGateway: GatewayWorkload };
}

/**
 * Prometheus, Grafana, Jaeger and Kiali, linked to each other.
 *
 * @throws pulumi.InputPropertiesError that lists every wrong argument by its path
 */
export class Observability extends pulumi.ComponentResource {
  /** Where each tool is that is installed. */
  readonly places: Partial<Readonly<Record<AddonName, AddonPlace>>>;

  readonly #args: ObservabilityArgs;
  /** The tools that are open to the outside. */
  readonly #exposed: readonly AddonName[];

  constructor(name: string, args: ObservabilityArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:observability:Observability", name, {}, options);
    const errors = [...observabilityProblems(args)];
    if (errors.length > 0) throw new pulumi.InputPropertiesError({ message: "the tools cannot work", errors });
    this.#args = args;
    const has = (tool: AddonName) => isEnabled(mapOf(args), tool);
    this.#exposed = openTools(mapOf(args));
    const inHere = { parent: this };

    const prometheus = has("prometheus")
      ? new Prometheus("prometheus", { ...args.prometheus, ...this.#common("prometheus") }, inHere)
      : undefined;
    const metrics = prometheus ? addressOf(prometheus.place) : args.prometheus?.url;
    const jaeger = has("jaeger")
      ? new Jaeger("jaeger", { ...args.jaeger, ...this.#common("jaeger") }, inHere)
      : undefined;
    const grafana = has("grafana") ? this.#grafana(metrics, jaeger) : undefined;
    const kiali = has("kiali") && metrics !== undefined ? this.#kiali(metrics, jaeger, grafana) : undefined;

    this.places = {
      ...(prometheus && { prometheus: prometheus.place }),
      ...(grafana && { grafana: grafana.place }),
      ...(jaeger && { jaeger: jaeger.place }),
      ...(kiali && { kiali: kiali.place }),
    };
    if (args.profile === "production") limitVisitors(this, args.mesh.controlPlane);
    if (args.exposure) {
      new AddonExposure("addons", { ...args.exposure, places: this.places, mesh: args.mesh }, inHere);
    }
    this.registerOutputs({ places: this.places });
  }

  #grafana(metrics: string | undefined, jaeger: Jaeger | undefined): Grafana {
    const { password = "", ...rules } = this.#args.grafana ?? {};
    return new Grafana(
      "grafana",
      {
        ...rules,
        ...this.#common("grafana"),
        password,
        anonymous: isAnonymous("grafana", this.#args),
        ...(metrics && { prometheus: metrics }),
        ...(jaeger && { jaeger: addressOf(jaeger.place) + JAEGER_PATH }),
        ...(this.#exposed.includes("grafana") && { externalUrl: this.#urlInBrowser("grafana") }),
      },
      { parent: this },
    );
  }

  #kiali(prometheus: string, jaeger: Jaeger | undefined, grafana: Grafana | undefined): Kiali {
    const { exposure, kiali: { signingKey = "", viewOnly = true } = {} } = this.#args;
    return new Kiali(
      "kiali",
      {
        ...this.#common("kiali"),
        signingKey,
        viewOnly,
        anonymous: isAnonymous("kiali", this.#args),
        prometheus,
        ...(grafana && {
          grafana: {
            url: addressOf(grafana.place),
            externalUrl: this.#urlInBrowser("grafana"),
            credentials: grafana.credentials,
          },
        }),
        ...(jaeger && {
          tracing: {
            url: addressOf({ ...jaeger.place, port: jaegerPorts.queryGrpc }) + JAEGER_PATH,
            externalUrl: this.#urlInBrowser("jaeger") + JAEGER_PATH,
          },
          dependsOn: [jaeger.release],
        }),
        ...(exposure && this.#exposed.includes("kiali") && { host: hostOf("kiali", exposure.domain) }),
      },
      { parent: this },
    );
  }

  #common(tool: AddonName) {
    const { profile, mesh, charts, timeout } = this.#args;
    const { values } = this.#args[tool] ?? {};
    return { profile, mesh, ...(charts && { charts }), ...(timeout && { timeout }), ...(values && { values }) };
  }

  #urlInBrowser(tool: AddonName): string {
    const { exposure } = this.#args;
    return exposure && this.#exposed.includes(tool)
      ? `https://${hostOf(tool, exposure.domain)}`
      : `http://localhost:${localPorts[tool]}`;
  }
}

const addressOf = ({ service, namespace, port }: AddonPlace) =>
  `http://${service}.${namespace}${port === 80 ? "" : `:${port}`}`;
