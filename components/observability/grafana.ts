import * as pulumi from "@pulumi/pulumi";
import { ISTIO_NAMESPACE } from "../istio/namespace.ts";
import { addonRelease, type AddonArgs, type AddonPlace } from "./addon.ts";
import { credentials } from "./credentials.ts";
import { grafanaValues, type GrafanaValuesArgs } from "./grafanaValues.ts";

export interface GrafanaArgs extends AddonArgs, Omit<GrafanaValuesArgs, "profile" | "credentials"> {
  /**
   * Name of the administrator.
   * @default "admin"
   */
  readonly user?: string;

  /** Password of the administrator. */
  readonly password: pulumi.Input<string>;
}

/**
 * Draws the metrics, on Istio's dashboards.
 * @see https://istio.io/latest/docs/ops/integrations/grafana/
 */
export class Grafana extends pulumi.ComponentResource {
  readonly place: AddonPlace = { namespace: ISTIO_NAMESPACE, service: "grafana", port: 3000, path: "/" };
  /** Name of the Secret with `admin-user` and `admin-password`. */
  readonly credentials: pulumi.Output<string>;
  readonly release: pulumi.Resource;

  constructor(name: string, args: GrafanaArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:observability:Grafana", name, {}, options);
    const { user = "admin", password, mesh } = args;
    this.credentials = credentials(this, `${name}-admin`, { "admin-user": user, "admin-password": password }, mesh);
    const values = grafanaValues({ ...args, credentials: this.credentials });
    this.release = addonRelease(this, name, "grafana", values, args);
    this.registerOutputs({ place: this.place });
  }
}
