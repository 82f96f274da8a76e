import type { ObjectRule } from "../../rule";
import { routesOf, targetsOf } from "./lib/routes";

export const singleRouteWithoutWeight: ObjectRule = {
  id: "single-route-without-weight",
  requires: "The only destination of a route has no weight below 100.",
  because: "It takes all requests whatever its weight says: the rest of the split is missing.",
  wayOut: "Add the other destination of the split, or leave the weight out.",
  severity: "medium",
  covers: ["KIA1104"],
  kinds: ["VirtualService"],

  *check(object) {
    for (const route of routesOf(object)) {
      const [target, ...others] = targetsOf(route);
      if (target === undefined || others.length > 0) continue;
      const place = target.at("weight");
      const weight = place.number();
      if (weight !== undefined && weight > 0 && weight < 100) {
        yield { path: place.path, message: "add the other destination of the split, or leave the weight out" };
      }
    }
  },
};
