import { ROUTE_LISTS } from "../../model/routes.ts";
import { hasItems, lacksItems } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";
import { isDelegate } from "./lib/virtualService.ts";

export const virtualServiceRoutes = rejected({
  id: "virtual-service-routes",
  title: "A VirtualService has routes, and a delegate, which has no hosts, has only HTTP routes.",
  remediation: "Add a route under http, tls or tcp, and set spec.hosts or remove gateways, tls and tcp.",
  kinds: ["VirtualService"],

  *check(object) {
    const { spec } = object;
    if (ROUTE_LISTS.every((protocol) => lacksItems(spec.at(protocol)))) {
      yield at(spec, "add a route under http, tls or tcp");
    }
    if (isDelegate(object) !== true) return;
    for (const name of ["gateways", "tls", "tcp"]) {
      const field = spec.at(name);
      if (hasItems(field))
        yield at(
          field,
          "remove this field, or add hosts: a VirtualService without hosts is a delegate for HTTP requests",
        );
    }
  },
});
