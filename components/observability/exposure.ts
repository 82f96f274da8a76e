import * as pulumi from "@pulumi/pulumi";
import { ISTIO_NAMESPACE } from "../istio/namespace.ts";
import type { GatewayWorkload } from "../istio/istio.ts";
import type { Mesh } from "../mesh.ts";
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

export interface AddonExposureArgs extends AddonExposureOptions {
  /** Where the tools are that are enabled. */
  readonly places: Partial<Readonly<Record<AddonName, AddonPlace>>>;
  readonly mesh: Mesh & { readonly ingressGateway: GatewayWorkload };
}

/** Opens the tools to the outside: over TLS alone, and to nobody who has not shown who they are. */
export class AddonExposure extends pulumi.ComponentResource {
  constructor(name: string, args: AddonExposureArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:observability:AddonExposure", name, {}, options);
    const { domain, credentialName, jwt, places, mesh } = args;
    const { selector } = mesh.ingressGateway;
    const tools = exposedTools(args, (tool) => places[tool] !== undefined);
    const hosts = tools.map((tool) => hostOf(tool, domain));
    const inMesh = { parent: this, dependsOn: mesh.controlPlane };

    // The root namespace: there they hold for the gateway's pods, wherever those are, while it moves too.
    const guards: pulumi.Resource[] = [];
    const guarded = tools.filter((tool) => withoutLogin.includes(tool)).map((tool) => hostOf(tool, domain));
    if (jwt && guarded.length > 0) {
      guards.push(
        istioObject(
          "RequestAuthentication",
          { name: `${name}-tokens`, namespace: ISTIO_NAMESPACE, spec: requestAuthenticationSpec(selector, jwt) },
          inMesh,
        ),
        istioObject(
          "AuthorizationPolicy",
          { name: `${name}-needs-token`, namespace: ISTIO_NAMESPACE, spec: needsTokenSpec(selector, guarded) },
          inMesh,
        ),
      );
    }
    // The door opens after the guard stands there, and closes before he leaves.
    const afterGuards = { parent: this, dependsOn: [mesh.controlPlane, ...guards] };
    const gateway = istioObject(
      "Gateway",
      {
        name: `${name}-gateway`,
        namespace: ISTIO_NAMESPACE,
        spec: gatewayServersSpec(selector, { hosts, tls: { mode: "SIMPLE", credentialName } }),
      },
      afterGuards,
    );
    for (const tool of tools) {
      const place = places[tool];
      if (!place) continue;
      istioObject(
        "VirtualService",
        {
          name: `${name}-${tool}`,
          namespace: ISTIO_NAMESPACE,
          spec: routeSpec(`${name}-gateway`, hostOf(tool, domain), place),
        },
        { parent: this, dependsOn: [gateway, ...guards] },
      );
    }
    this.registerOutputs({ hosts });
  }
}
