import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import * as field from "../../../lib/schema/fields.ts";
import { product } from "../../../versions.ts";
import { ISTIO_NAMESPACE } from "../../istio/namespace.ts";
import type { Values } from "../../istio/values.ts";
import type { Addon, AddonContext, StorageArgs, ToolOptions } from "../addon.ts";
import { noSidecar, requests, storage, toolFields } from "../parts.ts";
import { JAEGER_PATH } from "./jaeger.ts";

/** Grafana, which draws the metrics. */
export interface GrafanaOptions extends ToolOptions {
  /**
   * Name of the administrator.
   * @default "admin"
   */
  readonly user?: string;
  /** Password of the administrator, a secret; `make up` makes one. */
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

const dashboardsError =
  "must be false, or the URL of a folder with Istio's dashboards, which begins with https and ends without a slash";

/** @see https://istio.io/latest/docs/ops/integrations/grafana/ */
export const grafana = {
  name: "grafana",
  title: "Grafana",
  // The chart's makers moved it here from Grafana's own repository.
  chart: { name: "grafana", repository: "https://grafana-community.github.io/helm-charts" },
  place: { namespace: ISTIO_NAMESPACE, service: "grafana", port: 3000, path: "/" },
  localPort: 3000,
  hasLogin: true,
  loginHelp: [
    "Log in to Grafana as admin, unless the stack file sets another user. To print the password:",
    '  make pulumi ARGS="config get --path mesh:observability.grafana.password"',
  ],
  secret: {
    key: "password",
    what: "the password of Grafana's administrator",
    suffix: "admin",
    content: ({ user = "admin", password }) => ({ "admin-user": user, "admin-password": password }),
  },
  schema: field.section({
    ...toolFields,
    user: field.text(/^[\w.@-]{1,190}$/, "must be a name for the administrator").exactOptional(),
    password: field.text(/^.{12,}$/s, "must be a password of 12 characters or more").exactOptional(),
    anonymous: field.flag.exactOptional(),
    dashboards: z
      .union([z.literal(false), field.text(/^https:\/\/\S*[^\s/]$/, dashboardsError)], { error: dashboardsError })
      .exactOptional(),
    storage: storage.exactOptional(),
  }),
  values(options, { profile, credentials, anonymous, host, other }) {
    const [metrics, traces] = [other("prometheus"), other("jaeger")];
    return grafanaValues({
      ...options,
      ...{ profile, credentials, anonymous },
      ...(metrics && { prometheus: metrics.url }),
      ...(traces && { jaeger: traces.url + JAEGER_PATH }),
      ...(host && { externalUrl: `https://${host}` }),
    });
  },
} as const satisfies Addon<GrafanaOptions>;

/**
 * Istio's dashboards by their file in Istio's source, with the id by which grafana.com publishes them. They are taken
 * from the tag of the installed Istio, since a revision on grafana.com belongs to one version of Istio, and does not say
 * to which.
 * @see https://github.com/istio/istio/tree/master/manifests/addons/dashboards
 */
export const dashboards = {
  mesh: { file: "istio-mesh-dashboard.gen.json", id: 7639 },
  service: { file: "istio-service-dashboard.json", id: 7636 },
  workload: { file: "istio-workload-dashboard.json", id: 7630 },
  performance: { file: "istio-performance-dashboard.json", id: 11829 },
  "control-plane": { file: "pilot-dashboard.gen.json", id: 7645 },
  ztunnel: { file: "ztunnel-dashboard.gen.json", id: 21306 },
  wasm: { file: "istio-extension-dashboard.json", id: 13277 },
} as const;

export interface GrafanaValuesArgs
  extends Omit<AddonContext, "host" | "other">, Pick<GrafanaOptions, "dashboards" | "storage"> {
  /** Address of the metrics, if there are any. */
  readonly prometheus?: string;
  /** Address of the traces, if there are any. */
  readonly jaeger?: string;
  /** Address at which people open it from outside, if it is exposed. */
  readonly externalUrl?: string;
}

const FOLDER = "/var/lib/grafana/dashboards/istio";

/** Values of the chart `grafana`: the data sources, Istio's dashboards, and no way in but the ones that are asked for. */
export function grafanaValues(args: GrafanaValuesArgs): Values {
  const { profile, credentials, anonymous, externalUrl, storage } = args;
  return {
    service: { port: 3000 },
    podLabels: noSidecar,
    resources: requests(profile, { cpu: "100m", memory: "256Mi" }),
    // It asks nothing of the cluster's API.
    rbac: { create: false },
    automountServiceAccountToken: false,
    admin: { existingSecret: credentials },
    "grafana.ini": {
      analytics: { check_for_updates: false, reporting_enabled: false },
      ...(anonymous && { "auth.anonymous": { enabled: true, org_role: "Viewer" } }),
      ...(externalUrl && {
        server: { root_url: `${externalUrl}/` },
        security: { cookie_secure: true, strict_transport_security: true },
      }),
    },
    ...dataSources(args),
    ...dashboardValues(args),
    ...(storage && {
      persistence: {
        enabled: true,
        size: storage.size,
        ...(storage.storageClass && { storageClassName: storage.storageClass }),
      },
      // Two pods can not hold one volume. The volume's group is enough: no container has to run as root to own it.
      deploymentStrategy: { type: "Recreate" },
      initChownData: { enabled: false },
    }),
  };
}

function dataSources({ prometheus, jaeger }: GrafanaValuesArgs): Values {
  const datasources = [
    ...(prometheus
      ? [
          {
            name: "Prometheus",
            uid: "prometheus",
            type: "prometheus",
            url: prometheus,
            access: "proxy",
            isDefault: true,
            // The interval at which the proxies are scraped; rates over less would be empty.
            jsonData: { timeInterval: "15s" },
          },
        ]
      : []),
    ...(jaeger ? [{ name: "Jaeger", uid: "jaeger", type: "jaeger", url: jaeger, access: "proxy" }] : []),
  ];
  if (datasources.length === 0) return {};
  return { datasources: { "datasources.yaml": { apiVersion: 1, datasources } } };
}

function dashboardValues({ dashboards: source, prometheus }: GrafanaValuesArgs): Values {
  if (source === false || prometheus === undefined) return {};
  const folder = source ?? `https://raw.githubusercontent.com/istio/istio/${product.istio}/manifests/addons/dashboards`;
  return {
    dashboardProviders: {
      "dashboardproviders.yaml": {
        apiVersion: 1,
        providers: [{ name: "istio", folder: "Istio", type: "file", options: { path: FOLDER } }],
      },
    },
    dashboards: {
      istio: Object.fromEntries(
        Object.entries(dashboards).map(([name, { file }]) => [name, { url: `${folder}/${file}` }]),
      ),
    },
    // The chart's own options would take the dashboards from anybody who claims to be that host.
    defaultCurlOptions: "-sSf --retry 5",
    downloadDashboards: {
      resources: { requests: { cpu: "5m", memory: "16Mi" } },
      securityContext: { runAsNonRoot: true, runAsUser: 472 },
    },
  };
}
