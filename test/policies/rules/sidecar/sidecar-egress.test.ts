import { sidecarEgress } from "../../../../policies/rules/sidecar/sidecar-egress.ts";
import { testRule } from "../../testRule.ts";
import { sidecar } from "../../valid.ts";

testRule(sidecarEgress, [
  sidecar,
  [
    ["nothing", { spec: { workloadSelector: { labels: { a: "b" } } } }],
    ["no hosts", { "spec.egress[0].hosts": [] }],
    ["no namespace", { "spec.egress[0].hosts[0]": "mysql.example.com" }],
    ["a namespace that can not be", { "spec.egress[0].hosts[0]": "a_b/*" }],
    ["a short name", { "spec.egress[0].hosts[0]": "*/mysql" }],
    ["a part of a label", { "spec.egress[0].hosts[0]": "*/my*.example.com" }],
    ["an address", { "spec.egress[0].hosts[0]": "*/10.0.0.1" }],
    ["all the rest before the end", { "spec.egress[0].port": undefined }, ["spec.egress[0]"]],
    [
      "a port twice",
      { "spec.egress[1].port.number": 3306, "spec.egress[1].bind": undefined },
      ["spec.egress[1].port.number"],
    ],
    ["no socket", { "spec.egress[1].bind": "127.0.0.1" }],
    ["a socket that is nowhere", { "spec.egress[1].bind": "unix://a" }],
    ["a socket that is captured", { "spec.egress[1].captureMode": "IPTABLES" }],
    ["no address", { "spec.egress[0].bind": "localhost" }],
    ["an unknown protocol", { "spec.egress[0].port.protocol": "FTP" }],
    ["a name with an underscore", { "spec.egress[0].port.name": "a_b" }],
    ["a target", { "spec.egress[0].port.targetPort": 1 }],
    ["a port that can not be", { "spec.egress[0].port.number": 65536 }],
  ],
]);
