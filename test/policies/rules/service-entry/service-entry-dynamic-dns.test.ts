import { serviceEntryDynamicDns } from "../../../../policies/rules/service-entry/service-entry-dynamic-dns.ts";
import { testRule } from "../../testRule.ts";
import { dynamicServiceEntry } from "../../valid.ts";

testRule(serviceEntryDynamicDns, [
  dynamicServiceEntry,
  [
    ["a name in full", { "spec.hosts[0]": "a.example.com" }],
    ["addresses", { "spec.addresses": ["10.0.0.1"] }],
    ["endpoints", { "spec.endpoints": [{ address: "10.0.0.1" }] }],
    ["HTTPS", { "spec.ports[0].protocol": "HTTPS" }],
    ["no protocol", { "spec.ports[0].protocol": undefined }],
    ["in the mesh, by a waypoint", { 'metadata.labels["istio.io/use-waypoint"]': "waypoint" }, ["spec.location"]],
    ["in the mesh, by none", { 'metadata.labels["istio.io/use-waypoint"]': "None" }, []],
  ],
]);
