import { serverCertificateVerified } from "../../../../policies/rules/destination-rule/server-certificate-verified.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject } from "../../istioctlObjects.ts";

const rule = (tls: object, rest: object = {}) =>
  anObject("DestinationRule", "db", { host: "db", trafficPolicy: { tls }, ...rest });
const ofPort = (tls: object, rest: object = {}) =>
  anObject("DestinationRule", "db", {
    trafficPolicy: { portLevelSettings: [{ port: { number: 80 } }, { port: { number: 443 }, tls }] },
    ...rest,
  });
const selector = { workloadSelector: { matchLabels: { app: "cart" } } };
const credential = { mode: "SIMPLE", credentialName: "db-ca" };
const [whole, port] = [
  "spec.trafficPolicy.tls.caCertificates",
  "spec.trafficPolicy.portLevelSettings[1].tls.caCertificates",
];

describeRule(serverCertificateVerified, {
  accepts: {
    "an authority": [
      rule({ mode: "SIMPLE", caCertificates: "/ca.pem" }),
      ofPort({ mode: "MUTUAL", caCertificates: "/ca.pem" }),
    ],
    "a credential that sidecars read": [rule(credential, selector), ofPort(credential, selector)],
    "TLS by Istio, or none": [
      rule({ mode: "ISTIO_MUTUAL" }),
      rule({ mode: "DISABLE" }),
      ofPort({ mode: "ISTIO_MUTUAL" }),
      rule({}),
    ],
  },
  refuses: {
    "no authority": [[rule({ mode: "SIMPLE" })], whole],
    "no authority with a certificate of one's own": [[rule({ mode: "MUTUAL" })], whole],
    "an empty authority": [[rule({ mode: "SIMPLE", caCertificates: "" })], whole],
    "a credential that sidecars do not read": [[rule(credential)], whole],
    "no authority at a port": [[ofPort({ mode: "SIMPLE" })], port],
    "a credential that sidecars do not read at a port": [[ofPort(credential)], port],
  },
});
