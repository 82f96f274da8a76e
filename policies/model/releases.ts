// Objects inside a Helm release are not declared one by one. Of Istio's own charts it is known what they install, from their
// values; see manifests/charts in Istio's source.
import { UNKNOWN, type Field } from "./field.ts";
import { MeshObject, type Mesh } from "./mesh.ts";

export type IstioChart = "base" | "istiod" | "gateway" | "cni" | "ztunnel";

/** A release of one of Istio's charts, whose objects are known. */
export interface IstioRelease {
  readonly release: MeshObject;
  readonly chart: IstioChart;
  readonly values: Field;
  /** The Services and workloads that it installs, as far as other objects refer to them. */
  readonly objects: readonly MeshObject[];
}

const CHARTS: ReadonlyMap<string, IstioChart> = new Map([
  ["base", "base"],
  ["istiod", "istiod"],
  ["istio-discovery", "istiod"],
  ["gateway", "gateway"],
  ["cni", "cni"],
  ["istio-cni", "cni"],
  ["ztunnel", "ztunnel"],
]);

export function readReleases(mesh: Mesh): readonly IstioRelease[] {
  return mesh.all("Release").flatMap((release) => readRelease(release) ?? []);
}

/** Nothing if it is another chart, or if its objects can not be told. */
function readRelease(release: MeshObject): IstioRelease | undefined {
  const { root, id, namespace } = release;
  const chart = chartOf(release);
  // Values in files, and a name that is made up, only Helm knows.
  const isTold = root.at("valueYamlFiles").items().length === 0 && id !== undefined && namespace !== undefined;
  if (chart === undefined || !isTold) return undefined;
  const values = root.at("values");
  return { release, chart, values, objects: objectsOf(chart, values, { release: id, namespace }) };
}

/** Which of Istio's charts a release installs, if it is one of them. */
export function chartOf({ root }: MeshObject): IstioChart | undefined {
  const repository = root.at("repositoryOpts", "repo").string();
  if (repository !== undefined && !repository.includes("istio")) return undefined;
  const [, name = ""] = /([^/]+?)(?:-\d[^/]*\.tgz)?\/?$/.exec(root.at("chart").string() ?? "") ?? [];
  return CHARTS.get(name);
}

/** The version of the chart, as the release names it. */
export const chartVersionOf = ({ root }: MeshObject): string | undefined =>
  root.at("version").string()?.replace(/^v/, "");

interface Place {
  readonly release: string;
  readonly namespace: string;
}

function objectsOf(chart: IstioChart, values: Field, place: Place): MeshObject[] {
  switch (chart) {
    case "istiod":
      return istiod(values, place);
    case "gateway":
      return gateway(values, place);
    default:
      return [];
  }
}

function istiod(values: Field, { namespace }: Place): MeshObject[] {
  const revision = textOf(values.at("revision"), "");
  if (typeof revision !== "string") return [];
  const name = revision === "" ? "istiod" : `istiod-${revision}`;
  const labels = { app: "istiod", istio: "pilot", "istio.io/rev": revision === "" ? "default" : revision };
  const selector = { app: "istiod", ...(revision === "" ? { istio: "pilot" } : { "istio.io/rev": revision }) };
  const ports = [
    { name: "grpc-xds", port: 15010, protocol: "TCP" },
    { name: "https-dns", port: 15012, protocol: "TCP" },
    { name: "https-webhook", port: 443, targetPort: 15017, protocol: "TCP" },
    { name: "http-monitoring", port: 15014, protocol: "TCP" },
  ];
  return [
    implied("Service", name, namespace, { selector, ports }, labels),
    implied("Deployment", name, namespace, podsWith({ ...labels, "sidecar.istio.io/inject": "false" }), labels),
  ];
}

const GATEWAY_PORTS = [
  { name: "status-port", port: 15021, targetPort: 15021, protocol: "TCP" },
  { name: "http2", port: 80, targetPort: 80, protocol: "TCP" },
  { name: "https", port: 443, targetPort: 443, protocol: "TCP" },
];

function gateway(values: Field, { release, namespace }: Place): MeshObject[] {
  const name = textOf(values.at("name"), release);
  if (typeof name !== "string") return [];
  const selector = {
    app: textOf(values.at("labels", "app"), name),
    istio: textOf(values.at("labels", "istio"), name.replace(/^istio-/, "")),
  };
  const more = values.at("labels").isUnknown() ? {} : mapOf(values.at("labels"));
  const labels = { ...more, ...selector, "sidecar.istio.io/inject": "true" };
  const service = values.at("service");
  const type = textOf(service.at("type"), "LoadBalancer");
  const ports = service.at("ports");
  const shape = {
    type,
    selector: { ...selector, ...mapOf(service.at("selectorLabels")) },
    ports: ports.isUnknown() ? UNKNOWN : (ports.data() ?? GATEWAY_PORTS),
  };
  return [
    ...(type === "None" ? [] : [implied("Service", name, namespace, shape, labels)]),
    implied("Deployment", name, namespace, podsWith(labels, accountOf(values.at("serviceAccount"), name)), labels),
  ];
}

/** The service account that a gateway runs as, as its chart decides. */
function accountOf(account: Field, name: string): string | typeof UNKNOWN {
  const create = account.at("create");
  if (create.isUnknown()) return UNKNOWN;
  return textOf(account.at("name"), create.boolean() === false ? "default" : name);
}

function podsWith(labels: object, serviceAccountName?: string | typeof UNKNOWN) {
  const containers = [{ name: "istio-proxy", image: "auto" }];
  return { selector: {}, template: { metadata: { labels }, spec: { serviceAccountName, containers } } };
}

function implied(kind: "Service" | "Deployment", name: string, namespace: string, spec: object, labels: object) {
  const apiVersion = kind === "Service" ? "v1" : "apps/v1";
  return new MeshObject(kind, name, "", { apiVersion, kind, metadata: { name, namespace, labels }, spec });
}

function textOf(field: Field, standard: string): string | typeof UNKNOWN {
  if (field.isUnknown()) return UNKNOWN;
  const text = field.string();
  return text === undefined || text === "" ? standard : text;
}

function mapOf(field: Field): Record<string, unknown> {
  return Object.fromEntries(field.entries().map(([key, value]) => [key, textOf(value, "")]));
}

/** Name of the chart of a Helm release, wherever it comes from. */
export function chartName({ root }: MeshObject): string | undefined {
  const chart = root.at("chart").string();
  return chart === undefined ? undefined : /([^/]+?)(?:-\d[^/]*\.tgz)?\/?$/.exec(chart)?.[1];
}
