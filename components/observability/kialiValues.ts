import * as pulumi from "@pulumi/pulumi";
import { spread, type Values } from "../istio/values.ts";
import type { Profile } from "../profile.ts";
import { noSidecar } from "./podValues.ts";

/** A tool that Kiali asks and links to. */
export interface LinkedTool {
  /** Its address in the cluster. */
  readonly url: string;
  /** Its address in a browser. */
  readonly externalUrl: string;
}

export interface KialiValuesArgs {
  readonly profile: Profile;
  /** Name of the Secret with `signing-key`. */
  readonly credentials: pulumi.Input<string>;
  /** Whether everybody who reaches it may look, without a token. */
  readonly anonymous: boolean;
  /** Whether it changes nothing in the cluster, whoever asks. */
  readonly viewOnly: boolean;
  /** Address of the metrics, from which it draws the graph of the mesh. */
  readonly prometheus: string;
  readonly grafana?: LinkedTool & {
    /** Name of the Secret with `admin-user` and `admin-password`. */
    readonly credentials: pulumi.Input<string>;
  };
  readonly tracing?: LinkedTool;
  /** Host at which people open it from outside, if it is exposed. */
  readonly host?: string;
}

/** Values of the chart `kiali-server`. */
export function kialiValues(args: KialiValuesArgs): Values {
  const { profile, credentials, anonymous, viewOnly, prometheus, grafana, tracing, host } = args;
  return {
    // Without it, the chart asks for a token of the cluster, or for OpenShift's login where that is there.
    ...(anonymous && { auth: { strategy: "anonymous" } }),
    deployment: {
      pod_labels: noSidecar,
      // The tag names a release, which does not change.
      image_pull_policy: "IfNotPresent",
      ...(viewOnly && { view_only_mode: true }),
      ...(profile === "production" && {
        replicas: 2,
        topology_spread_constraints: spread({ "app.kubernetes.io/name": "kiali" }),
      }),
    },
    // Kiali reads it from the Secret; without one, the chart would make up another at each upgrade, in a ConfigMap.
    login_token: { signing_key: inSecret(credentials, "signing-key") },
    external_services: {
      prometheus: { url: prometheus },
      grafana: grafana
        ? {
            enabled: true,
            internal_url: grafana.url,
            external_url: grafana.externalUrl,
            auth: {
              type: "basic",
              username: inSecret(grafana.credentials, "admin-user"),
              password: inSecret(grafana.credentials, "admin-password"),
            },
          }
        : { enabled: false },
      tracing: tracing
        ? {
            enabled: true,
            provider: "jaeger",
            use_grpc: true,
            internal_url: tracing.url,
            external_url: tracing.externalUrl,
          }
        : { enabled: false },
    },
    ...(host && { server: { web_fqdn: host, web_schema: "https", web_port: "443" } }),
  };
}

/** How Kiali's configuration names what stands in a Secret; the chart mounts it. */
const inSecret = (name: pulumi.Input<string>, key: string): pulumi.Input<string> =>
  typeof name === "string" ? `secret:${name}:${key}` : pulumi.interpolate`secret:${name}:${key}`;
