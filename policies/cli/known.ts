// What is in a cluster beside the files: enough to say that something is there, and no more.
import type { KubernetesKind } from "../../istio/kinds.ts";
import { isNamespaced } from "../../istio/kinds.ts";
import { UNKNOWN } from "../model/field.ts";
import { MeshObject } from "../model/mesh.ts";
import { printedBy } from "./programs.ts";

/** What objects refer to, by the kind, with the name that kubectl takes. */
const RESOURCES: readonly (readonly [KubernetesKind, string])[] = [
  ["Namespace", "namespaces"],
  ["Service", "services"],
  ["Pod", "pods"],
  ["ServiceAccount", "serviceaccounts"],
  ["Secret", "secrets"],
  ["ConfigMap", "configmaps"],
  ["Gateway", "gateways.networking.istio.io"],
  ["VirtualService", "virtualservices.networking.istio.io"],
  ["DestinationRule", "destinationrules.networking.istio.io"],
  ["ServiceEntry", "serviceentries.networking.istio.io"],
  ["WorkloadEntry", "workloadentries.networking.istio.io"],
  ["WorkloadGroup", "workloadgroups.networking.istio.io"],
  ["EnvoyFilter", "envoyfilters.networking.istio.io"],
  ["AuthorizationPolicy", "authorizationpolicies.security.istio.io"],
  ["PeerAuthentication", "peerauthentications.security.istio.io"],
  ["RequestAuthentication", "requestauthentications.security.istio.io"],
  ["K8sGateway", "gateways.gateway.networking.k8s.io"],
  ["GatewayClass", "gatewayclasses.gateway.networking.k8s.io"],
];

/**
 * The objects of a cluster by names and labels, or why they could not be had. The API server is asked for its table, so that it
 * sends neither data of Secrets nor anything else of what the objects hold.
 */
export function objectsOfCluster(context: string): readonly MeshObject[] | { readonly reason: string } {
  const objects: MeshObject[] = [];
  for (const [kind, resource] of RESOURCES) {
    const scope = isNamespaced(kind) ? ["--all-namespaces"] : [];
    const printed = printedBy([
      "kubectl",
      "--context",
      context,
      "get",
      resource,
      ...scope,
      "--show-labels",
      "--no-headers",
      "--ignore-not-found",
    ]);
    if ("text" in printed) objects.push(...rows(printed.text).map((row) => objectOf(kind, row)));
    // A cluster need not have every kind of Istio's, but each has namespaces.
    else if (kind === "Namespace") return printed;
  }
  return objects;
}

const rows = (table: string) =>
  table
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter((cells) => cells.length > 1);

function objectOf(kind: KubernetesKind, cells: readonly string[]): MeshObject {
  const [namespace, name = ""] = isNamespaced(kind) ? cells : [undefined, ...cells];
  const labels = labelsOf(cells.at(-1) ?? "");
  const metadata = { name, ...(namespace !== undefined && { namespace }), labels };
  // What it holds nobody asked for, so no rule decides by it.
  return new MeshObject(kind, name, `cluster#${kind}/${namespace ?? ""}/${name}`, { metadata, spec: UNKNOWN });
}

function labelsOf(cell: string): Readonly<Record<string, string>> {
  if (cell === "<none>") return {};
  const pairs = cell.split(",").map((pair) => /^([^=]*)=(.*)$/.exec(pair));
  return Object.fromEntries(pairs.flatMap((match) => (match === null ? [] : [[match[1] ?? "", match[2] ?? ""]])));
}
