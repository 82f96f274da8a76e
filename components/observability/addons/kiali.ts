import type * as pulumi from "@pulumi/pulumi";
import * as field from "../../../lib/schema/fields.ts";
import { mapOf } from "../../../lib/untrusted.ts";
import { ISTIO_NAMESPACE } from "../../istio/namespace.ts";
import { spread, type Values } from "../../istio/values.ts";
import {
  addressOf,
  isEnabled,
  type Addon,
  type AddonContext,
  type CredentialsName,
  type LinkedTool,
  type ToolOptions,
} from "../addon.ts";
import { aesKey, noSidecar, toolFields } from "../parts.ts";
import { jaeger, JAEGER_PATH, jaegerPorts } from "./jaeger.ts";

/** Kiali, which draws the mesh. */
export interface KialiOptions extends ToolOptions {
  /** Key that signs the sessions, a secret of 16, 24 or 32 bytes; `make up` makes one. */
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

/** @see https://istio.io/latest/docs/ops/integrations/kiali/ */
export const kiali = {
  name: "kiali",
  title: "Kiali",
  chart: { name: "kiali-server", repository: "https://kiali.org/helm-charts" },
  place: { namespace: ISTIO_NAMESPACE, service: "kiali", port: 20001, path: "/kiali" },
  localPort: 20001,
  hasLogin: true,
  loginHelp: ["If Kiali asks for a token, create one:", `  kubectl -n ${ISTIO_NAMESPACE} create token kiali`],
  secret: {
    key: "signingKey",
    what: "the key of Kiali's sessions",
    suffix: "session",
    content: ({ signingKey }) => ({ "signing-key": signingKey }),
  },
  // Without its traces, it does not start.
  startsAfter: ["jaeger"],
  schema: field.section({
    ...toolFields,
    signingKey: aesKey.exactOptional(),
    anonymous: field.flag.exactOptional(),
    viewOnly: field.flag.exactOptional(),
  }),
  values({ viewOnly = true }, { profile, credentials, anonymous, host, other }) {
    const [metrics, grafana, traces] = ["prometheus", "grafana", "jaeger"].map(other);
    const tracing = traces && {
      url: addressOf({ ...jaeger.place, port: jaegerPorts.queryGrpc }) + JAEGER_PATH,
      externalUrl: traces.externalUrl + JAEGER_PATH,
    };
    return kialiValues({
      ...{ profile, credentials, anonymous, viewOnly, prometheus: metrics?.url ?? "" },
      ...(grafana && { grafana: { ...grafana, credentials: grafana.credentials() } }),
      ...(tracing && { tracing }),
      ...(host && { host }),
    });
  },
  *problems(section, isOpen) {
    if (!isEnabled(section, "prometheus") && mapOf(section.prometheus).url === undefined) {
      const reason = "must be false without Prometheus, from which Kiali draws the mesh; or name one by prometheus.url";
      yield { path: ["kiali", "enabled"], reason };
    }
    if (isOpen && mapOf(section.kiali).viewOnly === false) {
      yield { path: ["kiali", "viewOnly"], reason: "must be true where nobody logs in: set kiali.anonymous to false" };
    }
  },
} as const satisfies Addon<KialiOptions>;

export interface KialiValuesArgs extends Omit<AddonContext, "host" | "other"> {
  /** Whether it changes nothing in the cluster, whoever asks. */
  readonly viewOnly: boolean;
  /** Address of the metrics, from which it draws the graph of the mesh. */
  readonly prometheus: string;
  readonly grafana?: LinkedTool & {
    /** Name of the Secret with `admin-user` and `admin-password`. */
    readonly credentials: CredentialsName;
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
const inSecret = (name: CredentialsName, key: string): pulumi.Input<string> =>
  typeof name === "string" ? `secret:${name}:${key}` : name.apply((known) => `secret:${known}:${key}`);
