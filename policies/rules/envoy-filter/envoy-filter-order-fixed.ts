import type { Field } from "../../model/field.ts";
import type { ObjectRule } from "../../engine/rule.ts";

/** Operations whose effect depends on which filters are there already, and on what they can be applied to, if not to all. */
const RELATIVE = new Map<string, (applyTo: string) => boolean>([
  ["INSERT_BEFORE", () => true],
  ["INSERT_AFTER", () => true],
  ["REMOVE", (applyTo) => applyTo !== "ROUTE_CONFIGURATION" && applyTo !== "HTTP_ROUTE"],
  ["REPLACE", (applyTo) => ["NETWORK_FILTER", "HTTP_FILTER", "VIRTUAL_HOST"].includes(applyTo)],
]);

export const envoyFilterOrderFixed: ObjectRule = {
  id: "envoy-filter-order-fixed",
  title: "An EnvoyFilter that patches relative to other filters has a priority.",
  rationale: "Otherwise the age of the objects decides which patch comes first, and a restored cluster differs.",
  remediation: "Set spec.priority, negative to patch before other EnvoyFilters or positive to patch after them.",
  severity: "medium",
  codes: ["IST0151", "IST0155"],
  sources: ["istio/pkg/config/analysis/analyzers/envoyfilter/envoyfilter.go"],
  kinds: ["EnvoyFilter"],

  *check({ spec }) {
    const priority = spec.at("priority");
    if (priority.isUnknown() || (priority.number() ?? 0) !== 0) return;
    // Filters that an earlier patch changes for some versions of the proxy only.
    const versioned = new Set<string>();
    for (const config of spec.at("configPatches").items()) {
      const patch = config.at("patch");
      // Istio looks no further than the first one without a patch.
      if (patch.isUnknown() || patch.isAbsent()) return;
      const applyTo = config.at("applyTo");
      const filter = filterOf(config);
      const operation = patch.at("operation");
      if (!applyTo.isUnknown() && RELATIVE.get(operation.string() ?? "")?.(applyTo.string() ?? "")) {
        const code = versioned.has(filter) ? "IST0155" : "IST0151";
        yield { code, path: operation.path, message: "give the EnvoyFilter a priority other than 0" };
      }
      if ((config.at("match", "proxy", "proxyVersion").string() ?? "") !== "") versioned.add(filter);
    }
  },
};

/** By which a patch knows its filter: the name of the new one, or of the one that it is placed at. */
function filterOf(config: Field): string {
  const value = config.at("patch", "value");
  if (value.keys().length === 0) return "";
  const name = value.at("name");
  if (name.isPresent()) return `new ${name.string() ?? ""}`;
  return config.at("match", "listener", "filterChain", "filter", "name").string() ?? "";
}
