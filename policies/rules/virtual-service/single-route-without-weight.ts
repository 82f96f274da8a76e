import type { ObjectRule } from "../../engine/rule.ts";
import { routesOf, sharesOf } from "../../model/routes.ts";

export const singleRouteWithoutWeight: ObjectRule = {
  id: "single-route-without-weight",
  title: "The only destination of a route has no weight below 100.",
  rationale: "It receives all requests regardless of its weight, so the rest of the split is missing.",
  remediation: "Add the other destination of the split, or remove the weight.",
  severity: "medium",
  codes: ["KIA1104"],
  sources: ["kiali/business/checkers/virtualservices/route_checker.go"],
  kinds: ["VirtualService"],

  *check(object) {
    for (const route of routesOf(object)) {
      const [target, ...others] = sharesOf(route);
      if (target === undefined || others.length > 0) continue;
      const place = target.at("weight");
      const weight = place.number();
      if (weight !== undefined && weight > 0 && weight < 100) {
        yield { path: place.path, message: "add the other destination of the split, or remove the weight" };
      }
    }
  },
};
