import { serviceEntryPorts } from "../../../../policies/rules/service-entry/service-entry-ports.ts";
import { testRule } from "../../testRule.ts";
import { serviceEntry } from "../../valid.ts";

testRule(serviceEntryPorts, [
  serviceEntry,
  [
    ["no name", { "spec.ports[0].name": "" }],
    ["an underscore", { "spec.ports[0].name": "a_b" }],
    ["an unknown protocol", { "spec.ports[0].protocol": "FTP" }],
    ["port 0", { "spec.ports[0].number": 0 }],
    ["a target that can not be", { "spec.ports[0].targetPort": 65536 }],
    ["a number twice", { "spec.ports[1].number": 443 }],
    [
      "two hosts of TCP",
      { "spec.hosts[1]": "b.example.com", "spec.ports[1].protocol": "TCP" },
      ["spec.ports[1].protocol"],
    ],
  ],
]);
