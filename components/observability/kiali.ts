import * as pulumi from "@pulumi/pulumi";
import { ISTIO_NAMESPACE } from "../istio/namespace.ts";
import { addonRelease, type AddonArgs, type AddonPlace } from "./addon.ts";
import { credentials } from "./credentials.ts";
import { kialiValues, type KialiValuesArgs } from "./kialiValues.ts";

export interface KialiArgs extends AddonArgs, Omit<KialiValuesArgs, "profile" | "credentials"> {
  /** Key with which it signs the sessions of those who have logged in: 16, 24 or 32 bytes. */
  readonly signingKey: pulumi.Input<string>;

  /** What it asks from its start on: without its traces, it does not start. */
  readonly dependsOn?: readonly pulumi.Resource[];
}

/**
 * Draws the mesh, and says what is wrong in its configuration.
 * @see https://istio.io/latest/docs/ops/integrations/kiali/
 */
export class Kiali extends pulumi.ComponentResource {
  readonly place: AddonPlace = { namespace: ISTIO_NAMESPACE, service: "kiali", port: 20001, path: "/kiali" };

  constructor(name: string, args: KialiArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:observability:Kiali", name, {}, options);
    const { signingKey, mesh, dependsOn = [] } = args;
    const secret = credentials(this, `${name}-session`, { "signing-key": signingKey }, mesh);
    addonRelease(this, name, "kiali-server", kialiValues({ ...args, credentials: secret }), args, dependsOn);
    this.registerOutputs({ place: this.place });
  }
}
