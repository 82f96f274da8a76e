import type { Field } from "../../model/field.ts";
import { delegationsOf, virtualServiceAt } from "../../model/delegates.ts";
import type { MeshObject } from "../../model/mesh.ts";
import { qualifiedGateway } from "../../../istio/gateways.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const delegateMatchInRoot: MeshRule = {
  id: "delegate-match-in-root",
  title: "The match of a delegate's route is a subset of the match of the root's route.",
  rationale: "Otherwise Istiod drops the delegate's route, and its requests get 404, or match another route.",
  remediation:
    "Use the full path in the delegate's match, beginning with the root's prefix, and no second regular expression.",
  severity: "high",
  codes: [],

  // Istio: mergeHTTPMatchRequests, hasConflict and stringMatchConflict in pilot/pkg/model/virtualservice.go.
  *checkMesh(mesh) {
    const dropped = new Map<string, { object: MeshObject; path: string; message: string }>();
    for (const { root, route, namespace, name } of delegationsOf(mesh)) {
      const target = virtualServiceAt(mesh, namespace, name);
      const roots = route.at("match");
      if (target === undefined || target === "none" || roots.isUnknown() || roots.items().length === 0) continue;
      if (!target.spec.at("hosts").isAbsent() && target.spec.at("hosts").items().length > 0) continue;
      for (const leaf of target.spec
        .at("http")
        .items()
        .flatMap((own) => own.at("match").items())) {
        const places = { root: root.namespace ?? "", leaf: namespace };
        if (!roots.items().every((match) => conflicts(match, leaf, places))) continue;
        const message = "match a subset of what the delegating route matches, for example with the full path";
        dropped.set(`${target.urn} ${leaf.path}`, { object: target, path: leaf.path, message });
      }
    }
    yield* dropped.values();
  },
};

const STRINGS = ["uri", "scheme", "method", "authority"] as const;

/** Whether a delegate's match is certainly no part of the root's. */
function conflicts(root: Field, leaf: Field, places: { root: string; leaf: string }): boolean {
  if (STRINGS.some((name) => isOutside(root.at(name), leaf.at(name)))) return true;
  for (const map of ["headers", "withoutHeaders", "queryParams"]) {
    if (
      leaf
        .at(map)
        .entries()
        .some(([key, value]) => isOutside(root.at(map, key), value))
    )
      return true;
  }
  const [ignoring, other] = [root.at("ignoreUriCase"), leaf.at("ignoreUriCase")];
  const isKnown = !ignoring.isUnknown() && !other.isUnknown();
  if (isKnown && (ignoring.boolean() ?? false) !== (other.boolean() ?? false)) return true;
  const [port, ofLeaf] = [root.at("port").number() ?? 0, leaf.at("port").number() ?? 0];
  if (port > 0 && ofLeaf > 0 && port !== ofLeaf) return true;
  const [source, ofClient] = [root.at("sourceNamespace").string() ?? "", leaf.at("sourceNamespace")];
  if (source !== "" && !ofClient.isUnknown() && ofClient.string() !== source) return true;
  const labels = root.at("sourceLabels");
  const isOther = ([key, value]: [string, Field]) => differ(labels.at(key).string(), value.string());
  if (leaf.at("sourceLabels").entries().some(isOther)) return true;
  return haveOtherGateways(root.at("gateways"), leaf.at("gateways"), places);
}

function haveOtherGateways(root: Field, leaf: Field, places: { root: string; leaf: string }): boolean {
  const isUnsure = (list: Field) => list.isUnknown() || list.items().some((item) => item.isUnknown());
  if (isUnsure(root) || isUnsure(leaf)) return false;
  const ofRoot = new Set(root.strings().map((gateway) => qualifiedGateway(gateway, places.root)));
  const ofLeaf = leaf.strings().map((gateway) => qualifiedGateway(gateway, places.leaf));
  if (ofRoot.size === 0 || ofLeaf.length === 0) return false;
  return ofLeaf.some((gateway) => !ofRoot.has(gateway));
}

function differ(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

/** Whether a match of a text certainly takes more than another one, or something else, as istiod compares them. */
function isOutside(root: Field, leaf: Field): boolean {
  if (root.keys().length === 0 || leaf.keys().length === 0) return false;
  const [exact, prefix, regex] = ["exact", "prefix", "regex"].map((name) => root.at(name));
  const [ownExact, ownPrefix, ownRegex] = ["exact", "prefix", "regex"].map((name) => leaf.at(name));
  const all = [exact, prefix, regex, ownExact, ownPrefix, ownRegex];
  if (all.some((place) => place?.isUnknown() !== false)) return false;
  const text = (place: Field | undefined) => place?.string() ?? "";
  if (text(regex) !== "" || text(ownRegex) !== "") return true;
  if (text(exact) !== "") return text(ownPrefix) !== "" || text(ownExact) !== text(exact);
  if (text(prefix) === "") return true;
  const own = text(ownPrefix) || text(ownExact);
  return !own.startsWith(text(prefix)) || own === "";
}
