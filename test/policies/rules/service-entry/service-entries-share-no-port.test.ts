import { serviceEntriesShareNoPort } from "../../../../policies/rules/service-entry/service-entries-share-no-port.ts";
import { describeRule } from "../../describeRule.ts";
import { serviceEntry } from "../../kialiObjects.ts";

const entry = (host: string, protocol: string, number = 80, metadata: object = {}, more: object = {}) =>
  serviceEntry({ hosts: [host], ports: [{ number, protocol }], ...more }, metadata);

describeRule(serviceEntriesShareNoPort, {
  accepts: {
    "two hosts": [entry("a.example.com", "HTTP"), entry("b.example.com", "HTTP")],
    "two ports": [entry("a.example.com", "HTTP"), entry("a.example.com", "HTTP", 8080)],
    "two protocols, which is worse": [entry("a.example.com", "HTTP"), entry("a.example.com", "TCP")],
    "different clients": [
      entry("a.example.com", "HTTP", 80, {}, { exportTo: ["."] }),
      entry("a.example.com", "HTTP", 80, { namespace: "other" }, { exportTo: ["."] }),
    ],
  },
  refuses: {
    "a port of a host twice": [
      [entry("a.example.com", "HTTP"), entry("A.example.com", "http", 80, { namespace: "other" })],
      "0 spec.ports[0]",
      "1 spec.ports[0]",
    ],
  },
});
