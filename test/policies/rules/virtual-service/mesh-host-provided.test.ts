import { meshHostProvided } from "../../../../policies/rules/virtual-service/mesh-host-provided.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject, aService, routing } from "../../istioctlObjects.ts";

const cart = aService("cart");
const http = [{ route: [{ destination: { host: "web" } }] }];
const to = (host: string, rest: object = {}, namespace?: string) => routing(host, { http, ...rest }, namespace);
const outside = anObject("ServiceEntry", "pay", { hosts: ["*.example.com"] });

describeRule(meshHostProvided, {
  open: false,
  accepts: {
    "a Service of the namespace": [routing("cart"), cart],
    "a Service of another one": [routing("cart.shop.svc.cluster.local", {}, "team"), cart],
    "a host of a ServiceEntry": [routing("pay.example.com"), outside],
    "a wildcard": [routing("*.shop.svc.cluster.local"), cart],
    "routes for a gateway": [routing("www.shop.example", { gateways: ["entry"] }), cart],
    "routes for a gateway as well": [routing("www.shop.example", { gateways: ["entry", "mesh"] }), cart],
    "any host, where no services are declared": [routing("cart")],
    "a host that the routes lead to, of which another rule speaks": [routing("crat"), cart],
    "routes that others delegate to": [routing("cart", { hosts: [] }), cart],
  },
  refuses: {
    "a misspelt Service": [[to("crat"), cart], "0 spec.hosts[0]"],
    "a short name of another namespace": [[to("cart", {}, "team"), cart], "0 spec.hosts[0]"],
    "a name that is neither short nor in full": [[to("cart.shop"), cart], "0 spec.hosts[0]"],
    "a host outside without a ServiceEntry": [[to("www.other.example"), cart, outside], "0 spec.hosts[0]"],
    "the second host": [[to("cart", { hosts: ["cart", "crat"] }), cart], "0 spec.hosts[1]"],
  },
});
