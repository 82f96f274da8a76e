import { tlsOnce } from "../../../../policies/rules/destination-rule/tls-once.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject, aService, routing } from "../../istioctlObjects.ts";

const host = "pay.example.com";
const rule = (trafficPolicy: object, rest: object = {}) =>
  anObject("DestinationRule", "pay", { host, trafficPolicy, ...rest });
const tls = { mode: "SIMPLE" };
const once = rule({ tls });
const entry = (...ports: readonly (readonly [number, string])[]) =>
  anObject("ServiceEntry", "pay", {
    hosts: [host],
    ports: ports.map(([number, protocol]) => ({ number, name: protocol.toLowerCase(), protocol })),
  });
const https = entry([443, "HTTPS"]);
const to = (destination: object, kind = "http") =>
  routing("outside", { hosts: [host], http: [], [kind]: [{ route: [{ destination }] }] });
const mode = "0 spec.trafficPolicy.tls.mode";

describeRule(tlsOnce, {
  open: false,
  accepts: {
    "TLS for a port of plain HTTP": [once, entry([443, "HTTP"])],
    "nothing about TLS": [rule({ connectionPool: {} }), https],
    "a port without TLS": [
      rule({ tls, portLevelSettings: [{ port: { number: 443 }, tls: { mode: "DISABLE" } }] }),
      https,
    ],
    "another host": [
      once,
      anObject("ServiceEntry", "a", { hosts: ["a.example.com"], ports: [{ number: 443, protocol: "TLS" }] }),
    ],
    "http routes to the port": [once, entry([80, "HTTP"], [443, "HTTPS"]), to({ host, port: { number: 443 } })],
    "http routes to the only port": [once, https, to({ host })],
    "tcp routes to the port": [once, https, to({ host, port: { number: 443 } }, "tcp")],
    "a Service with a port of HTTP": [rule({ tls }, { host: "cart" }), aService("cart", [{ port: 443, name: "http" }])],
    "a Service that http routes lead to": [
      rule({ tls }, { host: "cart" }),
      aService("cart", [{ port: 443, name: "https" }]),
      to({ host: "cart" }),
    ],
    "a host that is not declared": [once],
  },
  refuses: {
    "TLS for a port of HTTPS": [[once, https], mode],
    "TLS for a port of TLS": [[rule({ tls: { mode: "MUTUAL" } }), entry([443, "TLS"])], mode],
    "TLS for one of two ports": [[once, entry([80, "HTTP"], [443, "HTTPS"])], mode],
    "TLS in the settings of the port": [
      [rule({ portLevelSettings: [{ port: { number: 443 }, tls }] }), https],
      "0 spec.trafficPolicy.portLevelSettings[0].tls.mode",
    ],
    "a rule for hosts of a domain": [[rule({ tls }, { host: "*.example.com" }), https], mode],
    "http routes to another port": [
      [once, entry([80, "HTTP"], [443, "HTTPS"]), to({ host, port: { number: 80 } })],
      mode,
    ],
    "a Service with a port of HTTPS": [
      [rule({ tls }, { host: "cart" }), aService("cart", [{ port: 443, name: "https" }])],
      mode,
    ],
    "tls routes to the port": [[once, https, to({ host, port: { number: 443 } }, "tls")], mode],
  },
});
