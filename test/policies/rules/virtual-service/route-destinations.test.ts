import { routeDestinations } from "../../../../policies/rules/virtual-service/route-destinations.ts";
import { testRule } from "../../testRule.ts";
import { sidecar, virtualService } from "../../valid.ts";

testRule(
  routeDestinations,
  [
    virtualService,
    [
      ["no host", { "spec.http[0].route[0].destination.host": "" }],
      ["all hosts", { "spec.tcp[0].route[0].destination.host": "*" }],
      ["no name of a host", { "spec.tls[0].route[0].destination.host": "a b" }],
      ["a subset with a dot", { "spec.http[0].route[0].destination.subset": "v1.0" }],
      ["port 0", { "spec.http[0].route[0].destination.port.number": 0 }],
      [
        "a port without a number",
        { "spec.http[0].route[1].destination.port": {} },
        ["spec.http[0].route[1].destination.port.number"],
      ],
      ["a mirror without a host", { "spec.http[2].mirror.host": "" }],
      [
        "a mirror among several to no port",
        { "spec.http[0].mirrors[0].destination.port": { number: 65536 } },
        ["spec.http[0].mirrors[0].destination.port.number"],
      ],
    ],
  ],
  [sidecar, [["an egress proxy at no port", { "spec.outboundTrafficPolicy.egressProxy.port.number": 0 }]]],
);
