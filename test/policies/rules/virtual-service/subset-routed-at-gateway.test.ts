import { subsetRoutedAtGateway } from "../../../../policies/rules/virtual-service/subset-routed-at-gateway.ts";
import { describeRule } from "../../describeRule.ts";
import { aService, routing } from "../../istioctlObjects.ts";

const to = (subset?: string, host = "cart") => ({
  http: [{ route: [{ destination: { host, ...(subset && { subset }) } }] }],
});
const choosing = routing("cart", to("v1"));
const atGateway = (rest: object, namespace?: string) =>
  routing("shop.example", { gateways: ["entry"], ...rest }, namespace);
const cart = aService("cart");
const here = "0 spec.http[0].route[0].destination.subset";

describeRule(subsetRoutedAtGateway, {
  accepts: {
    "the subset at the gateway": [atGateway(to("v1")), choosing],
    "routes for the sidecars only": [routing("shop.example", to()), choosing, cart],
    "another host": [atGateway(to(undefined, "pay")), choosing, cart],
    "the same short name of another namespace": [atGateway(to(), "other"), choosing, cart],
    "the host in another spelling": [atGateway(to(undefined, "cart.shop.svc.cluster.local")), choosing, cart],
    "a host that nobody routes by subset": [atGateway(to()), routing("cart", to()), cart],
    "a choice for another name": [atGateway(to()), routing("carts", to("v1")), cart],
    "any, where no Services are declared": [atGateway(to()), choosing],
  },
  refuses: {
    "no subset at the gateway": [[atGateway(to()), choosing, cart], here],
    "no subset at the gateway and for the sidecars": [
      [atGateway({ ...to(), gateways: ["mesh", "entry"] }), choosing, cart],
      here,
    ],
  },
});
