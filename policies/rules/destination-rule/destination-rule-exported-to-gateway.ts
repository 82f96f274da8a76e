import { groupedBy } from "../../model/groups.ts";
import { qualified, serviceNameOf } from "../../../istio/hosts.ts";
import { UNKNOWN, type Field } from "../../model/field.ts";
import {
  boundTo,
  isHiddenFrom,
  namespacesOfProxies,
  scopesInMesh,
  type ProxyNamespaces,
} from "../../model/gatewayBindings.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { rootNamespace } from "../../model/namespaces.ts";
import { readServices } from "../../model/services.ts";
import type { FindingInMesh, MeshRule } from "../../engine/rule.ts";

export const destinationRuleExportedToGateway: MeshRule = {
  id: "destination-rule-exported-to-gateway",
  title: "A DestinationRule that a gateway's routes need is visible to the gateway's Pods.",
  rationale: "Without it the gateway lacks the subsets and TLS settings, so requests return 503 or leave without TLS.",
  remediation:
    "Keep the DestinationRule in the namespace of its service, and export it to the namespace of the gateway's Pods, or to all namespaces.",
  severity: "high",
  codes: [],

  // Istio: PushContext.destinationRule in pilot/pkg/model/push_context.go.
  *checkMesh(mesh) {
    const found = new Map<MeshObject, FindingInMesh>();
    for (const { destination, namespace, proxies } of routedAtGateways(mesh)) {
      const host = destination.at("host").string();
      if (host === undefined) continue;
      const full = qualified(host, namespace);
      for (const { rule: object, by } of hiddenRules(mesh, full, destination.at("subset"), proxies)) {
        const missing = !proxies.areDeclared;
        if (found.has(object) && (missing || found.get(object)?.missing !== true)) continue;
        const [place, message] =
          by === "exportTo"
            ? [
                object.spec.at("exportTo"),
                "add the namespace of the Pods of the gateway whose routes need it, or export it to all namespaces",
              ]
            : [
                object.metadata.at("namespace"),
                "move it to the namespace of the service or of the gateway's Pods: the gateway reads it only there",
              ];
        found.set(object, { object, path: place.path, message, missing });
      }
    }
    yield* found.values();
  },
};

function* routedAtGateways(mesh: Mesh) {
  for (const object of mesh.all("VirtualService")) {
    const { namespace, spec } = object;
    if (namespace === undefined) continue;
    const routes = ["http", "tls", "tcp"].flatMap((protocol) => spec.at(protocol).items());
    for (const { gateway } of boundTo(mesh, object, spec.at("gateways"))) {
      const proxies = namespacesOfProxies(mesh, gateway);
      if (proxies === undefined) continue;
      for (const route of routes.filter((one) => holdsAt(mesh, object, one, gateway))) {
        for (const share of route.at("route").items())
          yield { destination: share.at("destination"), namespace, proxies };
      }
    }
  }
}

/** Whether a route certainly holds at a gateway, to which all of its matches may be limited, or all but it. */
function holdsAt(mesh: Mesh, object: MeshObject, route: Field, gateway: MeshObject): boolean {
  const matches = route.at("match");
  const isForIt = (match: Field) =>
    match.at("gateways").isAbsent() ||
    boundTo(mesh, object, match.at("gateways")).some((one) => one.gateway === gateway);
  return !matches.isUnknown() && (matches.items().length === 0 || matches.items().some(isForIt));
}

/** A DestinationRule that a gateway does not see, and why. */
interface Hidden {
  readonly rule: MeshObject;
  readonly by: "exportTo" | "namespace";
}

/** The DestinationRules that a route needs and the gateway does not see, where it sees no other one that would do. */
function hiddenRules(mesh: Mesh, host: string, subset: Field, proxies: ProxyNamespaces): readonly Hidden[] {
  const name = subset.string() ?? "";
  const homes = homesOf(mesh, host);
  if (subset.isUnknown() || homes.length === 0) return [];
  const ofHost = mesh.derive(readRulesByHost).get(host) ?? [];
  const needed = ofHost.filter((rule) => (name === "" ? startsTls(rule) : hasSubset(rule, name)));
  const others = name === "" ? ofHost : ofHost.filter((rule) => mayHaveSubset(rule, name));
  // A proxy looks for rules in its own namespace, in that of the service, and in the root one.
  const places = new Set([...homes, ...proxies.names, rootNamespace(mesh)]);
  const whyHidden = (rule: MeshObject): Hidden["by"] | undefined => {
    const scopes = scopesInMesh(mesh, rule);
    if (scopes === UNKNOWN) return undefined;
    if (isHiddenFrom(scopes, proxies)) return "exportTo";
    return places.has(rule.namespace) ? undefined : "namespace";
  };
  if (others.some((rule) => whyHidden(rule) === undefined)) return [];
  return needed.map((rule) => ({ rule, by: whyHidden(rule) ?? "exportTo" }));
}

function homesOf(mesh: Mesh, host: string): (string | undefined)[] {
  const service = serviceNameOf(host);
  if (service !== undefined) return [service.namespace];
  return mesh
    .derive(readServices)
    .of(host)
    .map(({ namespace }) => namespace);
}

function mayHaveSubset({ spec }: MeshObject, name: string): boolean {
  const names = spec
    .at("subsets")
    .items()
    .map((subset) => subset.at("name"));
  return spec.at("subsets").isUnknown() || names.some((place) => place.isUnknown() || place.string() === name);
}

function hasSubset({ spec }: MeshObject, name: string): boolean {
  return spec
    .at("subsets")
    .items()
    .some((subset) => subset.at("name").string() === name);
}

/** Whether requests go out by TLS because of the rule. */
function startsTls({ spec }: MeshObject): boolean {
  const policy = spec.at("trafficPolicy");
  return [policy, ...policy.at("portLevelSettings").items()].some((place) =>
    ["SIMPLE", "MUTUAL"].includes(place.at("tls", "mode").string() ?? ""),
  );
}

function readRulesByHost(mesh: Mesh): ReadonlyMap<string, readonly MeshObject[]> {
  const rules = mesh.all("DestinationRule");
  // One whose host is not known yet may be of any host.
  if (rules.some(({ spec, namespace }) => namespace === undefined || spec.at("host").isUnknown())) return new Map();
  return groupedBy(rules, ({ spec, namespace }) => qualified(spec.at("host").string() ?? "", namespace ?? ""));
}
