// When the certificates of the mesh expire: those of its authority, of its webhooks and gateways, and of the proxies.
import type { CoreV1Api, KubeConfig, V1Secret } from "@kubernetes/client-node";
import { certificatesIn } from "../../components/istio/ca/certificates.ts";
import { INGRESS_NAMESPACE, ISTIO_NAMESPACE } from "../../components/istio/namespace.ts";
import { repeatedly } from "../../lib/repeatedly.ts";
import { kubernetesClient } from "../stack/kubernetesClient.ts";
import { table } from "../table.ts";

/** Something that expires. */
export interface Expiry {
  readonly what: string;
  /** Nothing where it could not be read. */
  readonly expires: Date | undefined;
}

/** So many days before it is said aloud; what proxies have lasts for a day, and is renewed in the middle of it. */
const SOON = { days: 30, hours: 1 };
const DAY = 86_400_000;

/** Port and path where a proxy's agent shows what it counts; the port is never a part of the mesh. */
const METRICS = { port: 15020, path: "stats/prometheus" };
const OF_WORKLOAD = /^istio_agent_cert_expiry_seconds\{[^}]*resource_name="default"[^}]*\} (\S+)$/m;
/** Proxies are asked so many at a time. */
const AT_ONCE = 10;

export async function expiryText(config: KubeConfig, now = new Date()): Promise<string> {
  const api = config.makeApiClient(kubernetesClient().CoreV1Api);
  const [lasting, proxies] = await Promise.all([lastingOnes(config, api), workloads(api, now)]);
  const rows = lasting.map(({ what, expires }) => [what, dateOf(expires), left(expires, now)]);
  return [table([["CERTIFICATE", "EXPIRES", "LEFT"], ...rows]), proxiesText(proxies, now)].join("\n");
}

async function lastingOnes(config: KubeConfig, api: CoreV1Api): Promise<Expiry[]> {
  const { AdmissionregistrationV1Api } = kubernetesClient();
  const webhooks = config.makeApiClient(AdmissionregistrationV1Api);
  const [{ items: maps }, { items: own }, { items: served }, mutating, validating] = await Promise.all([
    api.listNamespacedConfigMap({ namespace: ISTIO_NAMESPACE, fieldSelector: "metadata.name=istio-ca-root-cert" }),
    api.listNamespacedSecret({ namespace: ISTIO_NAMESPACE }),
    api.listNamespacedSecret({ namespace: INGRESS_NAMESPACE }),
    webhooks.listMutatingWebhookConfiguration(),
    webhooks.listValidatingWebhookConfiguration(),
  ]);
  const authority = own.filter(({ metadata }) => AUTHORITIES.includes(metadata?.name ?? ""));
  const bundles = [...mutating.items, ...validating.items].flatMap(({ metadata, webhooks: all = [] }) => {
    const name = metadata?.name ?? "";
    const [first] = name.startsWith("istio") ? all.flatMap(({ clientConfig }) => clientConfig.caBundle ?? []) : [];
    return first === undefined ? [] : expiriesIn(`webhook ${name}, caBundle`, decoded(first));
  });
  return [
    ...maps.flatMap(({ data }) => expiriesIn("root of the mesh", data?.["root-cert.pem"])),
    ...authority.flatMap((secret) =>
      expiriesIn(`signing certificate, Secret ${ISTIO_NAMESPACE}/${secret.metadata?.name ?? ""}`, signingIn(secret)),
    ),
    ...served.flatMap((secret) => gatewaySecret(secret)),
    ...bundles,
  ];
}

/** Of the two, the control plane takes the first one that is there. */
const AUTHORITIES: readonly string[] = ["cacerts", "istio-ca-secret"];

const decoded = (base64: string | undefined) =>
  base64 === undefined ? undefined : Buffer.from(base64, "base64").toString();
const signingIn = ({ data }: V1Secret) => decoded(data?.["ca-cert.pem"] ?? data?.["tls.crt"]);

/** Keys under which a gateway looks for the certificate that it serves. */
function gatewaySecret({ metadata, data }: V1Secret): Expiry[] {
  const pem = data?.["tls.crt"] ?? data?.cert;
  if (pem === undefined) return [];
  const what = `gateway, Secret ${INGRESS_NAMESPACE}/${metadata?.name ?? ""}`;
  // Clients look at the first one; those of a chain last longer as a rule, and are looked at all the same.
  return [earliest(what, decoded(pem))];
}

/** Each certificate of a text; a line without a date where it holds none. */
export function expiriesIn(what: string, pem: string | undefined): Expiry[] {
  const all = pem === undefined ? undefined : certificatesIn(pem);
  if (all === undefined) return [{ what, expires: undefined }];
  return all.map((each) => ({ what, expires: each.validToDate }));
}

function earliest(what: string, pem: string | undefined): Expiry {
  const dates = expiriesIn(what, pem).flatMap(({ expires }) => expires ?? []);
  return { what, expires: dates.toSorted((one, other) => one.getTime() - other.getTime())[0] };
}

/** What the proxies of all namespaces have from the authority. */
async function workloads(api: CoreV1Api, now: Date): Promise<Expiry[]> {
  const { items } = await api.listPodForAllNamespaces({ fieldSelector: "status.phase=Running" });
  const meshed = items.filter(({ spec, metadata }) => {
    const all = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
    return metadata?.deletionTimestamp === undefined && all.some(({ name }) => name === "istio-proxy");
  });
  return repeatedly(meshed.length, AT_ONCE, async (index) => {
    const { namespace = "", name = "" } = meshed[index]?.metadata ?? {};
    const place = { namespace, name: `${name}:${METRICS.port}`, path: METRICS.path };
    const text = await api.connectGetNamespacedPodProxyWithPath(place).catch(() => "");
    const [, seconds] = OF_WORKLOAD.exec(text) ?? [];
    const expires = seconds === undefined ? undefined : new Date(now.getTime() + 1000 * Number(seconds));
    return { what: `${namespace}/${name}`, expires };
  });
}

export function proxiesText(proxies: readonly Expiry[], now: Date): string {
  if (proxies.length === 0) return "There are no proxies.";
  const known = proxies
    .flatMap(({ what, expires }) => (expires ? [{ what, expires }] : []))
    .toSorted((one, other) => one.expires.getTime() - other.expires.getTime());
  const silent = proxies.filter(({ expires }) => expires === undefined).map(({ what }) => what);
  const [first] = known;
  return [
    ...(first
      ? [
          `Of ${known.length} proxies, the certificate of ${first.what} expires first: in ${hoursLeft(first.expires, now)}; each is renewed in the middle of its time.`,
        ]
      : []),
    ...(first && first.expires.getTime() - now.getTime() < SOON.hours * (DAY / 24)
      ? [`It should have been renewed: see the log of its istio-proxy, and of istiod.`]
      : []),
    ...(silent.length > 0 ? [`No certificate could be read of: ${silent.join(", ")}`] : []),
  ].join("\n");
}

const dateOf = (date: Date | undefined) => date?.toISOString().slice(0, 10) ?? "unreadable";

/** Days until then, and what to think of them. */
export function left(expires: Date | undefined, now: Date): string {
  if (expires === undefined) return "";
  const days = Math.floor((expires.getTime() - now.getTime()) / DAY);
  if (days < 0) return "EXPIRED";
  return `${days} day${days === 1 ? "" : "s"}${days < SOON.days ? ", SOON" : ""}`;
}

const hoursLeft = (expires: Date, now: Date) => `${((expires.getTime() - now.getTime()) / (DAY / 24)).toFixed(1)} h`;
