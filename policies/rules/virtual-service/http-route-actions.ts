import type { Field } from "../../model/field.ts";
import type { Finding } from "../../engine/rule.ts";
import { hasItems, lacksItems } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";
import { httpRoutes, isDelegate } from "./lib/virtualService.ts";

export const httpRouteActions = rejected({
  id: "http-route-actions",
  title: "An HTTP route has one action: route, redirect, direct response or delegate.",
  remediation:
    "Keep one of route, redirect, directResponse and (with hosts) delegate, one of mirror and mirrors, and no fault or rewrite if the route sends the request nowhere.",
  sources: ["istio/pkg/config/validation/virtualservice.go"],
  kinds: ["VirtualService"],

  *check(object) {
    const delegate = isDelegate(object);
    for (const route of httpRoutes(object)) {
      const delegatesTo = route.at("delegate");
      if (delegate === undefined || delegatesTo.isUnknown()) continue;
      if (delegatesTo.isPresent() && !delegate) {
        yield* besidesDelegate(route);
        continue;
      }
      if (delegatesTo.isPresent())
        yield at(delegatesTo, "remove this field: a delegate cannot delegate to another VirtualService");
      yield* conflicts(route);
    }
  },
});

function* besidesDelegate(route: Field): Generator<Finding> {
  for (const name of ["redirect", "route"]) {
    const field = route.at(name);
    if (field.isPresent() && (name === "redirect" || hasItems(field))) {
      yield at(field, "remove this field, or the delegate: a request goes to only one of them");
    }
  }
}

function* conflicts(route: Field): Generator<Finding> {
  const redirect = route.at("redirect");
  const answer = route.at("directResponse");
  if (redirect.isPresent() || answer.isPresent()) {
    const action = redirect.isPresent() ? "redirect" : "directResponse";
    for (const name of ["route", "fault", "rewrite", "directResponse"]) {
      const field = route.at(name);
      if (name === action || !field.isPresent() || (name === "route" && !hasItems(field))) continue;
      yield at(field, `remove this field, or the ${action}, which ends the request before it applies`);
    }
  } else if (redirect.isAbsent() && answer.isAbsent() && lacksItems(route.at("route"))) {
    yield at(route, "add a route, redirect or directResponse");
  }
  const mirrors = route.at("mirrors");
  if (route.at("mirror").isPresent() && hasItems(mirrors))
    yield at(mirrors, "move the mirror to this list, or remove the list");
}
