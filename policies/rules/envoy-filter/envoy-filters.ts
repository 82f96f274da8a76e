import type { Field } from "../../model/field.ts";
import type { Finding } from "../../engine/rule.ts";
import type { MeshObject } from "../../model/mesh.ts";
import { regexProblem } from "../../../istio/regularExpressions.ts";
import { valueMismatches } from "./lib/envoyValues.ts";
import { lacksText, places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

/** What a patch can match, by what it is applied to; anything for the others. */
const MATCHES: Readonly<Record<string, string>> = {
  LISTENER: "listener",
  FILTER_CHAIN: "listener",
  NETWORK_FILTER: "listener",
  HTTP_FILTER: "listener",
  ROUTE_CONFIGURATION: "routeConfiguration",
  VIRTUAL_HOST: "routeConfiguration",
  HTTP_ROUTE: "routeConfiguration",
  CLUSTER: "cluster",
};
const OBJECTS = ["listener", "routeConfiguration", "cluster", "waypoint"];

const HTTP_CONNECTION_MANAGERS = ["envoy.filters.network.http_connection_manager", "envoy.http_connection_manager"];

export const envoyFilters = rejected({
  id: "envoy-filters",
  title:
    "Each patch of an EnvoyFilter says what it changes, how, and to what, matches an object of that kind, and has values that Envoy's API takes.",
  remediation:
    "Set applyTo, operation and (but for REMOVE) value, match the kind of object that applyTo means, and write types and values of Envoy's v3 API.",
  sources: ["istio/pkg/config/validation/envoyfilter/envoyfilter.go"],
  kinds: ["EnvoyFilter"],

  *check(object) {
    const { spec } = object;
    for (const patch of places(spec, "configPatches[]")) {
      const match = patch.at("match");
      if (match.at("context").isUnknown()) continue;
      const context = match.at("context").string();
      const waypoint = match.at("waypoint");
      const otherMatch = OBJECTS.slice(0, 3)
        .map((name) => match.at(name))
        .find((field) => field.isPresent());
      if (context === "WAYPOINT") {
        if (waypoint.isAbsent() && match.isPresent())
          yield at(otherMatch ?? waypoint, "match a waypoint in the context WAYPOINT");
        // istiod's webhook looks at none of these, but passes over a patch that it can not read later on.
        for (const finding of valueFindings(object, patch)) yield { ...finding, code: null };
        continue;
      }
      if (!waypoint.isPresent()) yield* patchFindings(object, patch);
      else yield at(waypoint, "write the context WAYPOINT");
    }
    for (const port of places(spec, "configPatches[].match.waypoint.portNumber")) {
      const number = port.number() ?? 1;
      if (number < 1 || number > 65535) yield at(port, "write a port from 1 to 65535");
    }
  },
});

/** istiod stops at the first thing that is wrong with a patch. */
function* patchFindings(object: MeshObject, configPatch: Field): Generator<Finding> {
  const missing = missingPart(configPatch);
  if (missing !== undefined) {
    yield missing;
    return;
  }
  const match = configPatch.at("match");
  const version = match.at("proxy", "proxyVersion");
  const expression = version.string() ?? "";
  const problem = expression === "" || expression.length > 1024 ? undefined : regexProblem(expression);
  if (problem !== undefined) {
    yield at(version, `write it anew: it ${problem}`);
    return;
  }
  const applyTo = configPatch.at("applyTo").string() ?? "";
  const kind = MATCHES[applyTo];
  const matched = OBJECTS.find((name) => match.at(name).isPresent());
  if (kind !== undefined && matched !== undefined && match.at(kind).isAbsent()) {
    yield at(match.at(matched), `match a ${kind}, which is what the patch is applied to`);
    return;
  }
  if (kind === "listener") {
    if (yield* filterFindings(match.at("listener", "filterChain", "filter"), applyTo)) return;
  }
  yield* valueFindings(object, configPatch);
}

function* valueFindings(object: MeshObject, configPatch: Field): Generator<Finding> {
  for (const { field, topic, message } of valueMismatches(object, configPatch)) {
    if (topic === "refused") yield at(field, message);
  }
}

function missingPart(configPatch: Field): Finding | undefined {
  const applyTo = configPatch.at("applyTo");
  const patch = configPatch.at("patch");
  const [operation, value] = [patch.at("operation"), patch.at("value")];
  if (isUnset(applyTo)) return at(applyTo, "say what the patch is applied to");
  if (patch.isAbsent()) return at(patch, "add an operation and a value");
  if (isUnset(operation)) return at(operation, "say what the patch does, such as MERGE");
  const needsValue = !operation.isUnknown() && operation.string() !== "REMOVE";
  return needsValue && value.isAbsent() ? at(value, "add it: only REMOVE does without") : undefined;
}

/** Returns whether something was found. */
function* filterFindings(filter: Field, applyTo: string): Generator<Finding, boolean> {
  if (!filter.isPresent()) return false;
  const name = filter.at("name");
  if (lacksText(name)) {
    yield at(name, "name the filter that is matched");
    return true;
  }
  const subFilter = filter.at("subFilter");
  if (!subFilter.isPresent()) return false;
  if (applyTo !== "HTTP_FILTER") {
    yield at(subFilter, "take it out, or apply the patch to HTTP_FILTER");
  } else if (!HTTP_CONNECTION_MANAGERS.includes(name.string() ?? "") && !name.isUnknown()) {
    yield at(name, `write ${HTTP_CONNECTION_MANAGERS.join(" or ")}: other filters have no filters in them`);
  } else if (lacksText(subFilter.at("name"))) {
    yield at(subFilter.at("name"), "name the filter that is matched");
  } else {
    return false;
  }
  return true;
}

function isUnset(field: Field): boolean {
  return field.isAbsent() || field.string() === "INVALID";
}
