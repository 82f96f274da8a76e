import * as pulumi from "@pulumi/pulumi";
import { mapOf } from "../../lib/untrusted.ts";
import type { GatewayWorkload } from "../istio/istio.ts";
import type { Mesh } from "../mesh.ts";
import type { Profile } from "../profile.ts";
import { addressOf, isEnabled, type AddonPlace, type OtherTool } from "./addon.ts";
import { addonList, type AddonName, type ListedAddon } from "./addons.ts";
import { AddonExposure } from "./exposure.ts";
import { hostOf } from "./exposureOptions.ts";
import { InstalledAddon } from "./installedAddon.ts";
import { isAnonymous, observabilityProblems, type ObservabilityOptions } from "./observabilityOptions.ts";
import { openTools } from "./safety.ts";
import { limitVisitors } from "./visitors.ts";

export interface ObservabilityArgs extends ObservabilityOptions {
  readonly profile: Profile;
  /**
   * Hosts of others at the gateway that ask for the tools' login as well.
   * @default []
   */
  readonly loginHosts?: readonly string[];
  readonly mesh: Mesh & { readonly ingressGateway: GatewayWorkload };
}

/**
 * The tools that look at the mesh, linked to each other.
 *
 * @throws pulumi.InputPropertiesError that lists every wrong argument by its path
 */
export class Observability extends pulumi.ComponentResource {
  /** Where each tool is that is installed. */
  readonly places: Partial<Readonly<Record<AddonName, AddonPlace>>>;

  readonly #args: ObservabilityArgs;
  readonly #installed = new Map<string, InstalledAddon>();

  constructor(name: string, args: ObservabilityArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:observability:Observability", name, {}, options);
    const errors = [...observabilityProblems(args)];
    if (errors.length > 0) throw new pulumi.InputPropertiesError({ message: "the tools cannot work", errors });
    this.#args = args;

    const tools = addonList.filter((addon) => this.#has(addon.name));
    for (const addon of tools) this.#install(addon);
    this.places = Object.fromEntries(tools.map((addon) => [addon.name, addon.place]));
    const { exposure, profile, loginHosts, charts, timeout, mesh } = args;
    if (profile === "production") limitVisitors(this, mesh.controlPlane, exposure?.login !== undefined);
    if (exposure) {
      const around = { furtherHosts: loginHosts, profile, charts, timeout, mesh };
      new AddonExposure("addons", { ...exposure, ...around, places: this.places }, { parent: this });
    }
    this.registerOutputs({ places: this.places });
  }

  /** Installs a tool, once: another one may already have asked for it. */
  #install(addon: ListedAddon): InstalledAddon {
    const there = this.#installed.get(addon.name);
    if (there) return there;
    const { profile, mesh, charts, timeout } = this.#args;
    const before = addonList.filter(({ name }) => addon.startsAfter?.includes(name) && this.#has(name));
    const installed = new InstalledAddon(
      addon,
      {
        ...{ profile, mesh, charts, timeout },
        options: this.#args[addon.name] ?? {},
        anonymous: isAnonymous(addon, this.#args),
        host: this.#hostOf(addon.name),
        other: (name) => addonList.filter((each) => each.name === name).map((each) => this.#other(each))[0],
        dependsOn: before.map((each) => this.#install(each).release),
      },
      { parent: this },
    );
    this.#installed.set(addon.name, installed);
    return installed;
  }

  /** A tool that is installed, or one of the user's own. */
  #other(addon: ListedAddon): OtherTool | undefined {
    const { url } = mapOf(this.#args[addon.name]);
    if (!this.#has(addon.name))
      return typeof url === "string" ? { url, externalUrl: url, credentials: () => "" } : undefined;
    const host = this.#hostOf(addon.name);
    return {
      url: addressOf(addon.place),
      externalUrl: host === undefined ? `http://localhost:${addon.localPort}` : `https://${host}`,
      credentials: () => this.#install(addon).credentials,
    };
  }

  #has(name: AddonName): boolean {
    return isEnabled(mapOf(this.#args), name);
  }

  /** Host of a tool, where it is open to the outside. */
  #hostOf(name: AddonName): string | undefined {
    const { exposure } = this.#args;
    return exposure && openTools(mapOf(this.#args)).includes(name) ? hostOf(name, exposure.domain) : undefined;
  }
}
