import { destinationHostExists } from "../../../../policies/rules/virtual-service/destination-host-exists.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject, aService, having, routing } from "../../istioctlObjects.ts";

const to = (destination: object, rest: object = {}) =>
  routing("cart", { http: [{ route: [{ destination }] }], ...rest });
const entry = (hosts: string[], exportTo?: string[], namespace?: string) =>
  anObject("ServiceEntry", "external", { hosts, ports: [{ number: 443 }], ...(exportTo && { exportTo }) }, namespace);
const cart = aService("cart");
const two = aService("cart", [{ port: 80 }, { port: 90 }]);
const hidden = having(aService("cart", undefined, {}, "other"), {
  annotations: { "networking.istio.io/exportTo": "." },
});
const place = "spec.http[0].route[0].destination";

describeRule(destinationHostExists, {
  open: false,
  withCodes: true,
  accepts: {
    "a Service by its short name": [to({ host: "cart" }), cart],
    "a Service in full": [to({ host: "cart.other.svc.cluster.local" }), aService("cart", undefined, {}, "other")],
    "a port that is there": [to({ host: "cart", port: { number: 90 } }), two],
    "a host outside": [to({ host: "api.example.com" }), cart, entry(["api.example.com"], undefined, "other")],
    "a host of a domain outside": [to({ host: "api.example.com" }), cart, entry(["*.example.com"])],
    "a host that the routes' namespace sees": [
      to({ host: "api.example.com" }),
      cart,
      entry(["api.example.com"], ["."]),
    ],
    "a host where the routes apply": [
      to({ host: "api.example.com" }, { exportTo: ["other"] }),
      cart,
      entry(["api.example.com"], ["."], "other"),
    ],
    "ports of two ServiceEntries": [
      to({ host: "api.example.com", port: { number: 443 } }),
      cart,
      entry(["api.example.com"]),
      anObject("ServiceEntry", "more", { hosts: ["api.example.com"], ports: [{ number: 80 }] }),
    ],
    "any, where no Service is declared": [to({ host: "cart" })],
  },
  refuses: {
    "a host that is not there": [[to({ host: "kart" }), cart], `IST0101 0 ${place}.host`],
    "a short name of another namespace": [
      [to({ host: "cart" }), aService("cart", undefined, {}, "other")],
      `IST0101 0 ${place}.host`,
    ],
    "a name with the namespace alone": [[to({ host: "cart.shop" }), cart], `IST0101 0 ${place}.host`],
    "a Service that shows itself to its namespace only": [
      [to({ host: "cart.other.svc.cluster.local" }), hidden],
      `IST0101 0 ${place}.host`,
    ],
    "a port that is not there": [[to({ host: "cart", port: { number: 91 } }), two], `IST0101 0 ${place}.port.number`],
    "no port where there are two": [[to({ host: "cart" }), two], `IST0112 0 ${place}.port`],
    "a mirror that is not there": [
      [routing("cart", { http: [{ mirror: { host: "kart" } }] }), cart],
      "IST0101 0 spec.http[0].mirror.host",
    ],
    "one of several mirrors that is not there": [
      [routing("cart", { http: [{ mirrors: [{ destination: { host: "kart" } }] }] }), cart],
      "IST0101 0 spec.http[0].mirrors[0].destination.host",
    ],
    "a host of TCP that is not there": [
      [routing("cart", { http: [], tcp: [{ route: [{ destination: { host: "kart" } }] }] }), cart],
      "IST0101 0 spec.tcp[0].route[0].destination.host",
    ],
    "a host of TLS that is not there": [
      [routing("cart", { http: [], tls: [{ route: [{ destination: { host: "kart" } }] }] }), cart],
      "IST0101 0 spec.tls[0].route[0].destination.host",
    ],
  },
});
