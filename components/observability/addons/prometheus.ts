import * as field from "../../../lib/schema/fields.ts";
import { ISTIO_NAMESPACE } from "../../istio/namespace.ts";
import type { Values } from "../../istio/values.ts";
import type { Profile } from "../../profile.ts";
import type { Addon, StorageArgs, ToolOptions } from "../addon.ts";
import { noSidecar, requests, storage, toolFields, unprivileged } from "../parts.ts";

/** Prometheus, which keeps the metrics. */
export interface PrometheusOptions extends ToolOptions {
  /**
   * How long metrics are kept, e.g. `15d`.
   * @default - 6h in the demo profile, 15d in the production profile
   */
  readonly retention?: string;

  /**
   * @default - a volume that goes with the pod
   */
  readonly storage?: StorageArgs;

  /**
   * Address of a Prometheus that you have, which scrapes the mesh; for `enabled: false` only.
   * @default - the one that is installed
   */
  readonly url?: string;
}

const url = "must be the URL of a Prometheus that scrapes the mesh, such as http://prometheus.monitoring:9090";

/** @see https://istio.io/latest/docs/ops/integrations/prometheus/ */
export const prometheus = {
  name: "prometheus",
  title: "Prometheus",
  chart: { name: "prometheus", repository: "https://prometheus-community.github.io/helm-charts" },
  place: { namespace: ISTIO_NAMESPACE, service: "prometheus", port: 9090, path: "/" },
  localPort: 9090,
  hasLogin: false,
  canBeElsewhere: true,
  schema: field.section({
    ...toolFields,
    url: field.text(/^https?:\/\/[^\s/?#]+\S*$/, url).exactOptional(),
    retention: field
      .text(/^[1-9]\d*(m|h|d|w|y)$/, "must be a time as Prometheus writes it, such as 12h or 15d")
      .exactOptional(),
    storage: storage.exactOptional(),
  }),
  values: (options, { profile }) => prometheusValues(profile, options),
} as const satisfies Addon<PrometheusOptions>;

const DAY = 86_400;

/** Prometheus shows them on its page of alerts, and to whoever asks for `ALERTS`; where they go from there is set by `values`. */
const certificateAlerts = {
  name: "certificates",
  rules: [
    alert(
      "MeshRootExpires",
      `citadel_server_root_cert_expiry_timestamp - time() < ${60 * DAY}`,
      "The root of the mesh expires in less than 60 days: rotate it, see docs/security.md",
    ),
    alert(
      "MeshSigningCertificateExpires",
      `citadel_server_cert_chain_expiry_timestamp - time() < ${30 * DAY}`,
      "The certificate that signs those of the workloads expires in less than 30 days: have a new one signed, see docs/security.md",
    ),
    alert(
      "WorkloadCertificateNotRenewed",
      `istio_agent_cert_expiry_seconds{resource_name="default"} < ${DAY / 24}`,
      "A proxy has not had its certificate renewed, which expires in less than an hour: see its log, and that of istiod",
    ),
  ],
};

function alert(name: string, expr: string, summary: string) {
  return { alert: name, expr, for: "10m", labels: { severity: "critical" }, annotations: { summary } };
}

/** What the chart keeps metrics for by itself. */
const CHARTS_RETENTION = "15d";

/**
 * Values of the chart `prometheus`: what Istio's sample has, the server alone. The chart's own scrape jobs find every
 * sidecar and istiod by the annotations that their pods have.
 */
export function prometheusValues(profile: Profile, { retention, storage }: PrometheusOptions): Values {
  const kept = retention ?? (profile === "demo" ? "6h" : CHARTS_RETENTION);
  return {
    server: {
      // Kiali, istioctl and Istio's documentation look for prometheus:9090.
      fullnameOverride: "prometheus",
      service: { servicePort: 9090 },
      podLabels: noSidecar,
      global: { scrape_interval: "15s" },
      readinessProbeInitialDelay: 0,
      ...(kept !== CHARTS_RETENTION && { retention: kept }),
      persistentVolume: storage
        ? { size: storage.size, ...(storage.storageClass && { storageClass: storage.storageClass }) }
        : { enabled: false },
      resources: requests(profile, { cpu: "200m", memory: "1Gi" }),
      containerSecurityContext: { ...unprivileged, readOnlyRootFilesystem: true },
    },
    configmapReload: {
      prometheus: {
        resources: { requests: { cpu: "5m", memory: "24Mi" } },
        containerSecurityContext: { ...unprivileged, readOnlyRootFilesystem: true },
      },
    },
    serverFiles: { "alerting_rules.yml": { groups: [certificateAlerts] } },
    alertmanager: { enabled: false },
    "prometheus-pushgateway": { enabled: false },
    "kube-state-metrics": { enabled: false },
    "prometheus-node-exporter": { enabled: false },
  };
}
