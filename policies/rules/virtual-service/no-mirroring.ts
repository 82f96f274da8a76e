import type { ObjectRule } from "../../engine/rule.ts";

export const noMirroring: ObjectRule = {
  id: "no-mirroring",
  title: "No route mirrors requests to a second service.",
  rationale: "A mirrored order is a second order: whatever the second service writes or charges happens twice.",
  remediation: "Remove the mirror, or exempt the route once you know that its target changes nothing.",
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
