import { groupedBy } from "../../model/groups.ts";
import { qualified, serviceNameOf } from "../../../istio/hosts.ts";
import { UNKNOWN, type Field } from "../../model/field.ts";
import { isForSidecars, scopesInMesh } from "../../model/gatewayBindings.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { rootNamespace } from "../../model/namespaces.ts";
import { isVisible } from "../../model/visibility.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const clientRuleKeepsSubsets: MeshRule = {
  id: "client-rule-keeps-subsets",
  title: "A DestinationRule in a client's namespace defines the subsets of the service's own rule that routes use.",
  rationale:
    "A DestinationRule in the client's namespace hides the rule in the service's namespace, so routes to subsets that it lacks return 503.",
  remediation: "Add the subset to the DestinationRule in the clients' namespace, or delete that rule.",
  severity: "high",
  codes: [],

  // Istio: PushContext.destinationRule in pilot/pkg/model/push_context.go.
  *checkMesh(mesh) {
    for (const object of mesh.all("DestinationRule")) {
      const host = hostOf(object);
      const home = host === undefined ? undefined : serviceNameOf(host)?.namespace;
      if (host === undefined || home === undefined || object.namespace !== home) continue;
      const hiding = namespacesHiding(mesh, object, host);
      for (const subset of object.spec.at("subsets").items()) {
        const name = subset.at("name").string();
        const isHidden = ([namespace, rules]: readonly [string, readonly MeshObject[]]) =>
          !rules.some((rule) => mayHave(rule, name ?? "")) && isRoutedFrom(mesh, namespace, host, name ?? "");
        if (name === undefined || !hiding.some(isHidden)) continue;
        const { path } = subset.at("name");
        const message =
          "add this subset to the DestinationRule for the same host in the client's namespace, which hides this one there";
        yield { object, path, message };
      }
    }
  },
};

function hostOf({ namespace, spec }: MeshObject): string | undefined {
  const host = spec.at("host").string();
  return host === undefined || namespace === undefined ? undefined : qualified(host, namespace);
}

/** The namespaces that have DestinationRules of their own for a host, with these, where all that matters is known. */
function namespacesHiding(mesh: Mesh, object: MeshObject, host: string): [string, readonly MeshObject[]][] {
  const root = rootNamespace(mesh);
  const byNamespace = groupedBy(mesh.derive(readRulesByHost).get(host) ?? [], (rule) => rule.namespace ?? "");
  return [...byNamespace].filter(([namespace, own]) => {
    // In the root namespace the service's own rule goes first.
    if (namespace === object.namespace || namespace === root) return false;
    const scopes = own.map((rule) => scopesInMesh(mesh, rule));
    // A rule for some pods alone leaves the others what they had.
    const isForAll = own.every(({ spec }) => spec.at("workloadSelector").isAbsent());
    return isForAll && scopes.every((some) => some !== UNKNOWN && isVisible(some, namespace));
  });
}

/** Whether a rule has a subset, or may have it. */
function mayHave({ spec }: MeshObject, name: string): boolean {
  const list = spec.at("subsets");
  const names = list.items().map((subset) => subset.at("name"));
  return list.isUnknown() || names.some((place) => place.isUnknown() || place.string() === name);
}

/** Whether the sidecars of a namespace follow a route to the subset. */
function isRoutedFrom(mesh: Mesh, namespace: string, host: string, subset: string): boolean {
  return mesh.all("VirtualService").some((object) => {
    const scopes = scopesInMesh(mesh, object);
    if (scopes === UNKNOWN || !isVisible(scopes, namespace) || isForSidecars(object) !== true) return false;
    const routes = ["http", "tls", "tcp"].flatMap((kind) => object.spec.at(kind).items()).filter(isForAllProxies);
    const destinations = routes.flatMap((route) => route.at("route").items()).map((share) => share.at("destination"));
    return destinations.some((destination) => {
      const name = destination.at("host").string();
      const isHost = name !== undefined && qualified(name, object.namespace ?? "") === host;
      return isHost && destination.at("subset").string() === subset;
    });
  });
}

/** Whether none of its matches limits a route to some gateways, or to the sidecars. */
function isForAllProxies(route: Field): boolean {
  const matches = route.at("match");
  return !matches.isUnknown() && matches.items().every((match) => match.at("gateways").isAbsent());
}

/** None at all if one may be of any host, as its own is not known yet. */
function readRulesByHost(mesh: Mesh): ReadonlyMap<string | undefined, readonly MeshObject[]> {
  const rules = mesh.all("DestinationRule");
  const isUnclear = rules.some(({ namespace, spec }) => namespace === undefined || spec.at("host").isUnknown());
  return isUnclear ? new Map() : groupedBy(rules, hostOf);
}
