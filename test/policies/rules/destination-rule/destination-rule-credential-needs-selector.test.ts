import { destinationRuleCredentialNeedsSelector } from "../../../../policies/rules/destination-rule/destination-rule-credential-needs-selector.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const tls = { mode: "MUTUAL", credentialName: "client" };
const rule = (spec: object): Manifest => ({
  apiVersion: "networking.istio.io/v1",
  kind: "DestinationRule",
  metadata: { name: "bank", namespace: "shop" },
  spec: { host: "bank.example.com", ...spec },
});

describeRule(destinationRuleCredentialNeedsSelector, {
  accepts: {
    "a credential of some workloads": [
      rule({ workloadSelector: { matchLabels: { app: "cart" } }, trafficPolicy: { tls } }),
    ],
    files: [rule({ trafficPolicy: { tls: { mode: "MUTUAL", clientCertificate: "/etc/certs/tls.crt" } } })],
    "certificates of authorities that everybody may read": [
      rule({ trafficPolicy: { tls: { mode: "SIMPLE", credentialName: "configmap://authorities" } } }),
    ],
    "mutual TLS of the mesh": [rule({ trafficPolicy: { tls: { mode: "ISTIO_MUTUAL" } } })],
  },
  refuses: {
    "a credential of everybody": [[rule({ trafficPolicy: { tls } })], "spec.trafficPolicy.tls.credentialName"],
    "one that only checks the server": [
      [rule({ trafficPolicy: { tls: { mode: "SIMPLE", credentialName: "authorities" } } })],
      "spec.trafficPolicy.tls.credentialName",
    ],
    "one of a port": [
      [rule({ trafficPolicy: { portLevelSettings: [{ port: { number: 443 }, tls }] } })],
      "spec.trafficPolicy.portLevelSettings[0].tls.credentialName",
    ],
    "one of a subset": [
      [rule({ subsets: [{ name: "v1", trafficPolicy: { tls } }] })],
      "spec.subsets[0].trafficPolicy.tls.credentialName",
    ],
  },
  waits: {
    "computed TLS": [[rule({ trafficPolicy: { tls: unknown.object } })], "spec.trafficPolicy.tls"],
  },
});
