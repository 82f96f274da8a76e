import { isHeaderName } from "../../../istio/headers.ts";
import { HEADER_NAME_TEXT } from "../../values/names.ts";
import { allPlaces, places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";
import { nanosecondsOf, SECOND } from "../../../istio/durations.ts";

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "*"]);

export const corsPolicies = rejected({
  id: "cors-policies",
  title: "A CORS policy has valid origins, methods and headers, and a maximum age in whole seconds.",
  remediation:
    "Set exact, prefix or regex for each origin, and use methods such as GET, headers such as x-user and a maxAge such as 24h.",
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const policy of places(spec, "http[].corsPolicy")) {
      for (const origin of places(policy, "allowOrigins[]")) {
        const matches = ["exact", "prefix", "regex"].map((name) => origin.at(name));
        if (matches.every((match) => match.isAbsent() || match.string() === "")) {
          yield at(origin, "add a non-empty exact, prefix or regex");
        }
      }
      for (const method of places(policy, "allowMethods[]")) {
        const text = method.string();
        if (text !== undefined && !METHODS.has(text)) yield at(method, "use an HTTP method in capitals, or *");
      }
      for (const header of allPlaces(policy, "allowHeaders[]", "exposeHeaders[]")) {
        const text = header.string();
        if (text !== undefined && text !== "*" && !isHeaderName(text)) yield at(header, `${HEADER_NAME_TEXT}, or *`);
      }
      const maxAge = policy.at("maxAge");
      const age = nanosecondsOf(maxAge.string() ?? "0") ?? 0n;
      if (age > 0n && age % SECOND !== 0n) yield at(maxAge, "use a duration in whole seconds");
    }
  },
});
