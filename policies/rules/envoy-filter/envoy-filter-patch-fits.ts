import type { ObjectRule } from "../../engine/rule.ts";

/** Where Envoy gets its routes from, to which nothing can be added and from which nothing can be removed. */
const ROUTES = new Set(["ROUTE_CONFIGURATION", "HTTP_ROUTE"]);

const REPLACEABLE = new Set(["NETWORK_FILTER", "HTTP_FILTER", "VIRTUAL_HOST"]);

export const envoyFilterPatchFits: ObjectRule = {
  id: "envoy-filter-patch-fits",
  title: "The operation of each patch in an EnvoyFilter is possible on what it is applied to.",
  rationale: "Istio passes over a patch that is not, and nothing tells that it has no effect.",
  remediation: "Change the operation to MERGE, and take routes out in the VirtualService instead of by REMOVE.",
  severity: "high",
  codes: ["IST0152", "IST0153", "IST0154"],
  sources: ["istio/pkg/config/analysis/analyzers/envoyfilter/envoyfilter.go"],
  kinds: ["EnvoyFilter"],

  *check({ spec }) {
    for (const config of spec.at("configPatches").items()) {
      const patch = config.at("patch");
      // Istio looks no further than the first one without a patch.
      if (patch.isUnknown() || patch.isAbsent()) return;
      const applyTo = config.at("applyTo");
      if (applyTo.isUnknown()) continue;
      const place = applyTo.string() ?? "";
      const operation = patch.at("operation");
      const { path } = operation;
      switch (operation.string()) {
        case "ADD":
          if (ROUTES.has(place)) yield { code: "IST0153", path, message: "choose MERGE: routes take no ADD" };
          break;
        case "REMOVE":
          if (ROUTES.has(place))
            yield { code: "IST0154", path, message: "change the VirtualService: routes take no REMOVE" };
          break;
        case "REPLACE":
          if (!REPLACEABLE.has(place)) {
            yield { code: "IST0152", path, message: "choose MERGE: only filters and virtual hosts can be replaced" };
          }
          break;
        default:
      }
    }
  },
};
