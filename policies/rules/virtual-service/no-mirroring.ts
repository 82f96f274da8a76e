import type { ObjectRule } from "../../engine/rule.ts";

export const noMirroring: ObjectRule = {
  id: "no-mirroring",
  title: "No route sends copies of requests to a second service.",
  rationale: "A copy of an order is an order: whatever the second service writes or pays happens twice.",
  remediation: "Remove the mirror, or exempt the route once its target is known to change nothing.",
  severity: "high",
  environment: true,
  codes: [],
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const route of spec.at("http").items()) {
      const mirrors = route.at("mirrors").items();
      for (const mirror of [route.at("mirror"), ...mirrors].filter((place) => place.isPresent())) {
        yield { path: mirror.path, message: "remove the mirror, or exempt this object with a reason" };
      }
    }
  },
};
