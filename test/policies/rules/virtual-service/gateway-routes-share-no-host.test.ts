import { gatewayRoutesShareNoHost } from "../../../../policies/rules/virtual-service/gateway-routes-share-no-host.ts";
import { describeRule } from "../../describeRule.ts";
import { virtualService } from "../../kialiObjects.ts";

const at = (gateway: string, host: string) => virtualService({ hosts: [host], gateways: [gateway] });

describeRule(gatewayRoutesShareNoHost, {
  accepts: {
    "two hosts": [at("edge/shop", "a.example.com"), at("edge/shop", "b.example.com")],
    "two gateways": [at("edge/shop", "a.example.com"), at("edge/other", "a.example.com")],
    "sidecars, which is another matter": [at("mesh", "a.example.com"), at("mesh", "a.example.com")],
  },
  refuses: {
    "a host at the same gateway": [
      [
        virtualService({ hosts: ["a.example.com", "b.example.com"], gateways: ["edge/shop"] }),
        virtualService({ hosts: ["b.example.com"], gateways: ["edge/shop", "mesh"] }),
      ],
      "0 spec.hosts[1]",
      "1 spec.hosts[0]",
    ],
    "a wildcard beside a host of its namespace": [
      [at("edge/shop", "*"), at("edge/shop", "reviews")],
      "0 spec.hosts[0]",
      "1 spec.hosts[0]",
    ],
  },
});
