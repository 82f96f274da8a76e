import * as pulumi from "@pulumi/pulumi";
import { ISTIO_NAMESPACE } from "../istio/namespace.ts";
import { gatewayServersSpec } from "../traffic/gateway/gatewayOptions.ts";
import { istioObject } from "../traffic/objects.ts";
import type { AddonPlace } from "./addon.ts";
import { withoutLogin, type AddonName } from "./addons.ts";
import {
  exposedTools,
  hostOf,
  needsTokenSpec,
  requestAuthenticationSpec,
  routeSpec,
  type AddonExposureOptions,
} from "./exposureOptions.ts";
import { Login, type LoginArgs } from "./login.ts";
import { loginHostOf, loginRouteSpec } from "./loginOptions.ts";

export interface AddonExposureArgs
  extends AddonExposureOptions, Pick<LoginArgs, "furtherHosts" | "profile" | "charts" | "timeout" | "mesh"> {
  /** Where the tools are that are enabled. */
  readonly places: Partial<Readonly<Record<AddonName, AddonPlace>>>;
}

/** Opens the tools to the outside: over TLS alone, and to nobody who has not shown who they are. */
export class AddonExposure extends pulumi.ComponentResource {
  readonly #name: string;
  readonly #args: AddonExposureArgs;

  constructor(name: string, args: AddonExposureArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:observability:AddonExposure", name, {}, options);
    this.#name = name;
    this.#args = args;
    const { domain, credentialName, login, places, mesh } = args;
    const tools = exposedTools(args, (tool) => places[tool] !== undefined);
    const hosts = tools.map((tool) => hostOf(tool, domain));
    const loginHosts = login ? [loginHostOf(domain)] : [];

    const guards = login
      ? new Login(`${name}-login`, { ...args, login, hosts }, { parent: this }).guards
      : this.#tokens(tools);
    // The door opens after the guard stands there, and closes before he leaves.
    const gatewayName = `${name}-gateway`;
    const tls = { mode: "SIMPLE" as const, credentialName };
    const gateway = istioObject(
      "Gateway",
      {
        name: gatewayName,
        namespace: ISTIO_NAMESPACE,
        spec: gatewayServersSpec(mesh.ingressGateway.selector, { hosts: [...hosts, ...loginHosts], tls }),
      },
      { parent: this, dependsOn: [mesh.controlPlane, ...guards] },
    );
    const routes = [
      ...tools.flatMap((tool) => {
        const place = places[tool];
        return place ? [[tool, routeSpec(gatewayName, hostOf(tool, domain), place)] as const] : [];
      }),
      ...loginHosts.map((host) => ["login", loginRouteSpec(gatewayName, host)] as const),
    ];
    for (const [suffix, spec] of routes) {
      istioObject(
        "VirtualService",
        { name: `${name}-${suffix}`, namespace: ISTIO_NAMESPACE, spec },
        { parent: this, dependsOn: [gateway, ...guards] },
      );
    }
    this.registerOutputs({ hosts });
  }

  /** Asks for tokens, where a tool asks nobody. */
  #tokens(tools: readonly AddonName[]): readonly pulumi.Resource[] {
    const { domain, jwt, mesh } = this.#args;
    const hosts = tools.filter((tool) => withoutLogin.includes(tool)).map((tool) => hostOf(tool, domain));
    if (!jwt || hosts.length === 0) return [];
    const { selector } = mesh.ingressGateway;
    const inMesh = { parent: this, dependsOn: mesh.controlPlane };
    // The root namespace: there they hold for the gateway's pods, wherever those are, while it moves too.
    return [
      istioObject(
        "RequestAuthentication",
        { name: `${this.#name}-tokens`, namespace: ISTIO_NAMESPACE, spec: requestAuthenticationSpec(selector, jwt) },
        inMesh,
      ),
      istioObject(
        "AuthorizationPolicy",
        { name: `${this.#name}-needs-token`, namespace: ISTIO_NAMESPACE, spec: needsTokenSpec(selector, hosts) },
        inMesh,
      ),
    ];
  }
}
