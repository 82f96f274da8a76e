import { virtualServiceHosts } from "../../../../policies/rules/virtual-service/virtual-service-hosts.ts";
import { testRule } from "../../testRule.ts";
import { gatewayRoutes, virtualService } from "../../valid.ts";

testRule(
  virtualServiceHosts,
  [
    virtualService,
    [
      ["an empty host", { "spec.hosts[0]": "" }],
      ["an asterisk within", { "spec.hosts[0]": "shop.*.com" }],
      ["a label with an underscore", { "spec.hosts[0]": "shop_1.example.com" }],
      ["a top-level domain of digits", { "spec.hosts[0]": "shop.1" }],
      ["a long label", { "spec.hosts[0]": `${"a".repeat(64)}.com` }],
      ["all hosts for sidecars", { "spec.hosts": ["*"] }, ["spec.hosts[0]"]],
      ["the same host twice", { "spec.hosts[2]": "shop.example.com" }],
      ["a host that another covers", { "spec.hosts[2]": "www.shop.example.com" }],
      ["a host that covers another", { "spec.hosts[2]": "*.com" }],
      ["a dot at the end", { "spec.hosts[0]": "shop.example.com." }, []],
      ["a wildcard that begins a label", { "spec.hosts[0]": "*-api.example.com" }, []],
      ["a short name", { "spec.hosts[0]": "shop" }, []],
    ],
  ],
  [
    gatewayRoutes,
    [
      ["a name that Istio makes up", { "spec.hosts[0]": "outbound_.80_._.a.b" }, []],
      ["a name that Istio would not make up", { "spec.hosts[0]": "outbound_.http" }],
    ],
  ],
);
