import type { Field } from "../../model/field.ts";
import type { MeshObject } from "../../model/mesh.ts";
import type { Finding } from "../../engine/rule.ts";
import { valueMismatches } from "./lib/envoyValues.ts";
import { allPlaces, places } from "../../values/reading.ts";
import { at, warned } from "../../values/verdicts.ts";

/** Names of filters that Envoy has given up. */
const OLD_NAMES = new Set(
  [
    ...[
      "buffer",
      "cors",
      "csrf",
      "http_dynamo_filter",
      "ext_authz",
      "fault",
      "grpc_http1_bridge",
      "grpc_json_transcoder",
    ],
    ...["grpc_web", "gzip", "health_check", "ip_tagging", "lua", "rate_limit", "router", "squash"],
    ...["listener.http_inspector", "listener.original_dst", "listener.original_src", "listener.proxy_protocol"],
    ...["listener.tls_inspector", "client_ssl_auth", "http_connection_manager", "mongo_proxy", "ratelimit"],
    ...["redis_proxy", "tcp_proxy"],
  ].map((name) => `envoy.${name}`),
);

/** Components of this project that do what no field of Istio's API does; its tests try them with every version of Istio. */
const TRIED_COMPONENTS = ["mesh:traffic:RateLimit"];

export const envoyFilterWarnings = warned({
  id: "envoy-filter-warnings",
  title: "Envoy is configured by Istio's own API where it can be, and by an EnvoyFilter only where it can not.",
  rationale: "An EnvoyFilter changes what Istio generates, which may be different after any upgrade.",
  remediation:
    "Set a field of Istio's API that does the same; if there is none, use the envoy.filters names and test every upgrade.",
  sources: ["istio/pkg/config/validation/envoyfilter/envoyfilter.go"],
  kinds: ["EnvoyFilter"],

  *check(object) {
    const { spec } = object;
    if (!TRIED_COMPONENTS.includes(componentOf(object) ?? "")) {
      yield at(
        spec,
        "look for a field of Istio's API that does the same; if there is none, test it with every upgrade",
      );
    }
    for (const patch of places(spec, "configPatches[]")) {
      if (patch.at("match", "context").string() !== "WAYPOINT") yield* patchFindings(patch);
      for (const { field, topic, message } of valueMismatches(object, patch)) {
        // A proxy refuses the whole listener.
        if (topic === "passed on") yield { ...at(field, message), severity: "high" };
      }
    }
  },
});

function* patchFindings(patch: Field): Generator<Finding> {
  const version = patch.at("match", "proxy", "proxyVersion");
  if ((version.string() ?? "").length > 1024)
    yield at(version, "write at most 1024 characters: a longer one is ignored");
  const filter = patch.at("match", "listener", "filterChain", "filter");
  if (filter.isPresent() && ["LISTENER", "FILTER_CHAIN"].includes(patch.at("applyTo").string() ?? "")) {
    yield at(filter, "take it out: it has no effect on what the patch is applied to");
  }
  for (const name of allPlaces(filter, "name", "subFilter.name")) {
    if (OLD_NAMES.has(name.string() ?? ""))
      yield at(name, "write the name that Envoy uses now, which begins with envoy.filters");
  }
}

/**
 * The type of the component of which an object of a Pulumi stack is directly a part, e.g. `mesh:traffic:RateLimit`; nothing
 * for the objects of a program itself and for manifests. The engine writes it into the URN, so no object can say it of itself.
 */
function componentOf({ urn }: MeshObject): string | undefined {
  if (!urn.startsWith("urn:pulumi:")) return undefined;
  const [, , types = ""] = urn.split("::");
  return types.split("$").at(-2);
}
