import { httpRoutesOnHttpPort } from "../../../../policies/rules/virtual-service/http-routes-on-http-port.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject, aService, routing } from "../../istioctlObjects.ts";

const routes = routing("cart");
const service = (...ports: readonly object[]) => aService("cart", ports);
const entry = (...protocols: readonly string[]) =>
  anObject("ServiceEntry", "pay", {
    hosts: ["pay.example.com"],
    ports: protocols.map((protocol, index) => ({ number: 443 + index, name: protocol.toLowerCase(), protocol })),
  });
const outside = routing("pay.example.com");

describeRule(httpRoutesOnHttpPort, {
  open: false,
  accepts: {
    "a port of HTTP": [routes, service({ port: 80, name: "http-web" })],
    "a port of gRPC": [routes, service({ port: 80, name: "grpc" })],
    "a port whose appProtocol is HTTP": [routes, service({ port: 80, name: "tcp", appProtocol: "kubernetes.io/h2c" })],
    "a port without a protocol, which sidecars find out": [routes, service({ port: 80, name: "web" })],
    "one port of HTTP among others": [routes, service({ port: 1, name: "tcp-a" }, { port: 2, name: "http-b" })],
    "routes for a gateway as well": [
      routing("cart", { gateways: ["entry", "mesh"] }),
      service({ port: 80, name: "tcp-web" }),
    ],
    "tcp routes": [
      routing("cart", { http: [], tcp: [{ route: [{ destination: { host: "cart" } }] }] }),
      service({ port: 80, name: "tcp-web" }),
    ],
    "a host that is not declared": [routes],
    "a host outside with a port of HTTP": [outside, entry("HTTPS", "HTTP")],
    "ports of UDP alone": [routes, service({ port: 53, protocol: "UDP", name: "dns" })],
  },
  refuses: {
    "a port of TCP": [[routes, service({ port: 80, name: "tcp-web" })], "0 spec.http"],
    "a port of a database": [[routes, service({ port: 27017, name: "mongo" })], "0 spec.http"],
    "a port of HTTPS": [[routes, service({ port: 443, name: "https" })], "0 spec.http"],
    "a port whose appProtocol is TCP": [
      [routes, service({ port: 80, name: "http", appProtocol: "tcp" })],
      "0 spec.http",
    ],
    "a host outside with a port of HTTPS": [[outside, entry("HTTPS")], "0 spec.http"],
  },
});
