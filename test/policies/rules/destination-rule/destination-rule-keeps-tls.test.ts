import { destinationRuleKeepsTls } from "../../../../policies/rules/destination-rule/destination-rule-keeps-tls.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const rule = (spec: object): Manifest => ({
  apiVersion: "networking.istio.io/v1",
  kind: "DestinationRule",
  metadata: { name: "reviews", namespace: "bookinfo" },
  spec: { host: "reviews", ...spec },
});

describeRule(destinationRuleKeepsTls, {
  accepts: {
    "nothing about TLS": [rule({ trafficPolicy: { loadBalancer: { simple: "RANDOM" } } })],
    "mutual TLS of the mesh": [rule({ trafficPolicy: { tls: { mode: "ISTIO_MUTUAL" } } })],
  },
  refuses: {
    DISABLE: [[rule({ trafficPolicy: { tls: { mode: "DISABLE" } } })], "spec.trafficPolicy.tls.mode"],
    "TLS without a mode": [[rule({ trafficPolicy: { tls: { sni: "a.example" } } })], "spec.trafficPolicy.tls.mode"],
    "DISABLE at a port": [
      [rule({ trafficPolicy: { portLevelSettings: [{ port: { number: 1 }, tls: { mode: "DISABLE" } }] } })],
      "spec.trafficPolicy.portLevelSettings[0].tls.mode",
    ],
    "DISABLE of a subset": [
      [rule({ subsets: [{ name: "v1" }, { name: "v2", trafficPolicy: { tls: { mode: "DISABLE" } } }] })],
      "spec.subsets[1].trafficPolicy.tls.mode",
    ],
  },
  waits: {
    "a computed mode": [[rule({ trafficPolicy: { tls: { mode: unknown.text } } })], "spec.trafficPolicy.tls.mode"],
  },
});
