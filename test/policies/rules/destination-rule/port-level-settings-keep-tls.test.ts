import { portLevelSettingsKeepTls } from "../../../../policies/rules/destination-rule/port-level-settings-keep-tls.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject } from "../../istioctlObjects.ts";

const rule = (trafficPolicy: object, rest: object = {}) =>
  anObject("DestinationRule", "pay", { host: "pay.example.com", trafficPolicy, ...rest });
const entry = (port: object) =>
  anObject("ServiceEntry", "pay", { hosts: ["pay.example.com"], ports: [{ name: "one", ...port }] });
const pay = entry({ number: 443, protocol: "HTTP" });
const connectionPool = { tcp: { connectTimeout: "3s" } };
const ofPort = (rest: object, number = 443) => ({ portLevelSettings: [{ port: { number }, connectionPool, ...rest }] });
const tls = { mode: "SIMPLE", sni: "pay.example.com" };
const here = "0 spec.trafficPolicy.portLevelSettings[0].tls";

describeRule(portLevelSettingsKeepTls, {
  open: false,
  accepts: {
    "TLS repeated": [rule({ tls, ...ofPort({ tls }) }), pay],
    "plain text on purpose": [rule({ tls, ...ofPort({ tls: { mode: "DISABLE" } }) }), pay],
    "no TLS above": [rule({ connectionPool, ...ofPort({}) }), pay],
    "mutual TLS above, which sidecars use by themselves": [rule({ tls: { mode: "ISTIO_MUTUAL" }, ...ofPort({}) }), pay],
    "a port at which clients encrypt": [rule({ tls, ...ofPort({}) }), entry({ number: 443, protocol: "HTTPS" })],
    "the port of plain HTTP": [rule({ tls, ...ofPort({}, 80) }), entry({ number: 80, protocol: "HTTP" })],
    "a subset that repeats TLS": [rule({ tls }, { subsets: [{ name: "v1", trafficPolicy: ofPort({ tls }) }] }), pay],
  },
  refuses: {
    "TLS above": [[rule({ tls, ...ofPort({}) }), pay], here],
    "TLS above, for a host that is not declared": [[rule({ tls, ...ofPort({}) })], here],
    "mutual TLS by certificates of one's own": [[rule({ tls: { mode: "MUTUAL" }, ...ofPort({}) }), pay], here],
    "plain text above": [[rule({ tls: { mode: "DISABLE" }, ...ofPort({}) }), pay], here],
    "TLS of a subset": [
      [rule({}, { subsets: [{ name: "v1", trafficPolicy: { tls, ...ofPort({}) } }] }), pay],
      "0 spec.subsets[0].trafficPolicy.portLevelSettings[0].tls",
    ],
    "TLS above a subset": [
      [rule({ tls }, { subsets: [{ name: "v1", trafficPolicy: ofPort({}) }] }), pay],
      "0 spec.subsets[0].trafficPolicy.portLevelSettings[0].tls",
    ],
    "a port 80 that leads to one of TLS": [
      [rule({ tls, ...ofPort({}, 80) }), entry({ number: 80, protocol: "HTTP", targetPort: 443 })],
      here,
    ],
  },
});
