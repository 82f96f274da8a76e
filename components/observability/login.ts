import * as pulumi from "@pulumi/pulumi";
import type { ChartSource } from "../istio/charts.ts";
import { ISTIO_NAMESPACE } from "../istio/namespace.ts";
import type { GatewayWorkload } from "../istio/istio.ts";
import type { Mesh } from "../mesh.ts";
import type { Profile } from "../profile.ts";
import { istioObject } from "../traffic/objects.ts";
import { oauth2Proxy, oauth2ProxyValues } from "./addons/oauth2Proxy.ts";
import { InstalledAddon } from "./installedAddon.ts";
import { asksLoginSpec, refusesOwnPathsSpec, type LoginOptions } from "./loginOptions.ts";

export interface LoginArgs {
  readonly login: LoginOptions;
  /** Domain under which the tools have their hosts. */
  readonly domain: string;
  /** Hosts of the tools. */
  readonly hosts: readonly string[];
  /**
   * Hosts that ask for the same login by a policy of somebody else.
   * @default []
   */
  readonly furtherHosts?: readonly string[] | undefined;
  readonly profile: Profile;
  /**
   * Where the chart comes from.
   * @default - its own repository
   */
  readonly charts?: ChartSource | undefined;
  /**
   * Longest time for it to become ready, in seconds.
   * @default 300
   */
  readonly timeout?: number | undefined;
  readonly mesh: Mesh & { readonly ingressGateway: GatewayWorkload };
}

/**
 * A login before the tools: oauth2-proxy, and the policies by which the gateway asks it. The mesh has to know it: `loginProvider`
 * as the extension provider `LOGIN_PROVIDER`; until it does, the gateway refuses all requests for the tools.
 */
export class Login extends pulumi.ComponentResource {
  /** Without these, nobody is asked. */
  readonly guards: readonly pulumi.Resource[];

  constructor(name: string, args: LoginArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:observability:Login", name, {}, options);
    const { login, domain, hosts, furtherHosts = [], profile, charts, timeout, mesh } = args;
    const { selector } = mesh.ingressGateway;
    const { release } = new InstalledAddon(
      {
        ...oauth2Proxy,
        values: (_options, { credentials }) =>
          oauth2ProxyValues({ profile, login, credentials, domain, hosts: [...hosts, ...furtherHosts] }),
      },
      {
        ...{ options: login, profile, mesh, charts, timeout },
        ...{ anonymous: false, host: undefined, other: () => undefined, dependsOn: [] },
      },
      { parent: this },
    );
    // The root namespace: there they hold for the gateway's pods, wherever those are, while it moves too.
    const policy = (suffix: string, spec: ReturnType<typeof asksLoginSpec>) =>
      istioObject(
        "AuthorizationPolicy",
        { name: `${name}${suffix}`, namespace: ISTIO_NAMESPACE, spec },
        { parent: this, dependsOn: [mesh.controlPlane, release] },
      );
    this.guards = [
      policy("", asksLoginSpec(selector, hosts)),
      policy("-own-paths", refusesOwnPathsSpec(selector, hosts)),
    ];
    this.registerOutputs();
  }
}
