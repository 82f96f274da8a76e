import { serviceEntryAddressesTold } from "../../../../policies/rules/service-entry/service-entry-addresses-told.ts";
import { testRule } from "../../testRule.ts";
import { serviceEntry } from "../../valid.ts";

testRule(serviceEntryAddressesTold, [
  serviceEntry,
  [
    ["two hosts at an address", { "spec.hosts[1]": "b.example.com" }, ["spec.hosts"]],
    [
      "no address, and none to allocate",
      { "spec.addresses": undefined, "spec.resolution": "NONE", "spec.ports[0].protocol": "TCP" },
      ["spec.addresses"],
    ],
    [
      "no address, and none to be allocated",
      {
        "spec.addresses": undefined,
        'metadata.labels["networking.istio.io/enable-autoallocate-ip"]': "false",
        "spec.ports[0].protocol": "TCP",
      },
      ["spec.addresses"],
    ],
    ["no address, and one to allocate", { "spec.addresses": undefined, "spec.ports[0].protocol": "TCP" }, []],
  ],
]);
