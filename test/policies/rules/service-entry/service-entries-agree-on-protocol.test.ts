import { serviceEntriesAgreeOnProtocol } from "../../../../policies/rules/service-entry/service-entries-agree-on-protocol.ts";
import { describeRule } from "../../describeRule.ts";
import { serviceEntry } from "../../kialiObjects.ts";

const entry = (host: string, protocol: string, number = 80, metadata: object = {}, more: object = {}) =>
  serviceEntry({ hosts: [host], ports: [{ number, protocol }], ...more }, metadata);

describeRule(serviceEntriesAgreeOnProtocol, {
  accepts: {
    "two hosts": [entry("a.example.com", "HTTP"), entry("b.example.com", "TCP")],
    "two ports": [entry("a.example.com", "HTTP"), entry("a.example.com", "TCP", 8080)],
    "one protocol": [entry("a.example.com", "HTTP"), entry("a.example.com", "HTTP")],
    "different clients": [
      entry("a.example.com", "HTTP", 80, {}, { exportTo: ["."] }),
      entry("a.example.com", "TCP", 80, { namespace: "other" }, { exportTo: ["."] }),
    ],
  },
  refuses: {
    "two protocols": [
      [entry("a.example.com", "HTTP"), entry("A.example.com", "TCP"), entry("a.example.com", "HTTP")],
      "0 spec.ports[0]",
      "1 spec.ports[0]",
      "2 spec.ports[0]",
    ],
  },
});
