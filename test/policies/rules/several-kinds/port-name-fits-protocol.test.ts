import { portNameFitsProtocol } from "../../../../policies/rules/several-kinds/port-name-fits-protocol.ts";
import { describeRule } from "../../describeRule.ts";
import { gateway, serviceEntry } from "../../kialiObjects.ts";

describeRule(portNameFitsProtocol, {
  accepts: {
    "the protocol": [
      serviceEntry({
        ports: [
          { name: "http", protocol: "HTTP" },
          { name: "grpc-a", protocol: "GRPC" },
        ],
      }),
    ],
    "any name for TCP": [gateway({ servers: [{ port: { name: "db", protocol: "TCP" } }] })],
  },
  refuses: {
    "another name": [
      [
        serviceEntry({
          ports: [
            { name: "web-http", protocol: "HTTP" },
            { name: "https2", protocol: "HTTPS" },
          ],
        }),
      ],
      "spec.ports[0].name",
      "spec.ports[1].name",
    ],
    "a Gateway's": [
      [gateway({ servers: [{ port: { name: "http", protocol: "HTTP2" } }] })],
      "spec.servers[0].port.name",
    ],
  },
});
