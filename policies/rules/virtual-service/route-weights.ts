import { places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const routeWeights = rejected({
  id: "route-weights",
  title: "The weights of a route's destinations are 0 or more, and at least one is above 0.",
  remediation: "Raise negative weights to 0, and give at least one destination a weight above 0, such as 100.",
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const path of ["http[].route", "tls[].route", "tcp[].route"]) {
      for (const route of places(spec, path)) {
        const weights = route.items().map((share) => share.at("weight"));
        let total = 0;
        let open = false;
        for (const weight of weights) {
          const value = weight.number();
          total += value ?? 0;
          open ||= weight.isUnknown();
          if (value !== undefined && value < 0) yield at(weight, "use 0 or more");
        }
        if (weights.length > 1 && total === 0 && !open) {
          yield at(route, "give a destination a weight above 0: otherwise requests go nowhere");
        }
      }
    }
  },
});
