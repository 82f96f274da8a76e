import { isAuthority, isInternal } from "../../../istio/headers.ts";
import type { Field } from "../../model/field.ts";
import type { Finding } from "../../engine/rule.ts";
import { isTakenByIstiod } from "../../../istio/headerValue.ts";
import { allPlaces, places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const headerOperations = rejected({
  id: "header-operations",
  title: "A route adds, sets and removes only headers that may change, with values that Envoy accepts.",
  remediation:
    "Change the host once and only in requests, change no other header that begins with a colon, and double each % outside variables such as %PROTOCOL%.",
  sources: ["istio/pkg/config/validation/virtualservice.go"],
  kinds: ["VirtualService"],

  *check({ spec }) {
    for (const headers of allPlaces(spec, "http[].headers", "http[].route[].headers")) {
      const request = headers.at("request");
      const response = headers.at("response");
      for (const changed of [request.at("add"), request.at("set")]) {
        // The host of a request may be changed, but not removed.
        yield* changes(changed, (name) => !isInternal(name) || isAuthority(name));
      }
      for (const changed of [response.at("add"), response.at("set")]) {
        yield* changes(changed, (name) => !isInternal(name));
      }
      for (const removed of allPlaces(headers, "request.remove[]", "response.remove[]")) {
        const name = removed.string();
        if (name !== undefined && (name === "" || isInternal(name))) yield at(removed, NAME_TEXT);
      }
    }
    for (const route of places(spec, "http[]")) yield* authorities(route);
  },
});

const NAME_TEXT = "use a header that may be changed: not host, and none that begins with a colon";

function* changes(headers: Field, mayChange: (name: string) => boolean): Generator<Finding> {
  for (const [name, value] of headers.entries()) {
    if (name === "" || !mayChange(name)) yield at(value, NAME_TEXT);
    const text = value.string();
    if (text !== undefined && !isTakenByIstiod(text)) {
      yield at(
        value,
        "use %% for a percent sign, and the name of an Envoy variable between two single ones, on one line",
      );
    }
  }
}

/** The host of a request may be changed in one place only. */
function* authorities(route: Field): Generator<Finding> {
  let isSet = (route.at("rewrite", "authority").string() ?? "") !== "";
  for (const operation of ["set", "add"]) {
    for (const [name, value] of route.at("headers", "request", operation).entries()) {
      if (!isAuthority(name)) continue;
      if (isSet) yield at(value, "remove this field: the route already changes the host of the request elsewhere");
      isSet ||= value.string() !== "";
    }
  }
}
