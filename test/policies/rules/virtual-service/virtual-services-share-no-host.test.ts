import { virtualServicesShareNoHost } from "../../../../policies/rules/virtual-service/virtual-services-share-no-host.ts";
import { describeRule } from "../../describeRule.ts";
import { sidecar, virtualService } from "../../kialiObjects.ts";

describeRule(virtualServicesShareNoHost, {
  accepts: {
    "two hosts": [virtualService({ hosts: ["reviews"] }), virtualService({ hosts: ["ratings"] })],
    "two gateways": [
      virtualService({ hosts: ["reviews"] }),
      virtualService({ hosts: ["reviews"], gateways: ["edge/shop"] }),
    ],
    "two namespaces": [
      virtualService({ hosts: ["reviews"] }),
      virtualService({ hosts: ["reviews"] }, { namespace: "other" }),
    ],
    "the same gateway, which is another matter": [
      virtualService({ hosts: ["a.example.com"], gateways: ["edge/shop"] }),
      virtualService({ hosts: ["a.example.com"], gateways: ["edge/shop", "mesh"] }),
    ],
    "the same host by two names": [virtualService({ hosts: ["reviews", "reviews.shop.svc.cluster.local"] })],
    "wildcards of two namespaces": [
      virtualService({ hosts: ["*.shop.svc.cluster.local"] }),
      virtualService({ hosts: ["*.other.svc.cluster.local"] }),
    ],
    "namespaces that import their own only": [
      virtualService({ hosts: ["api.example.com"] }),
      virtualService({ hosts: ["api.example.com"] }, { namespace: "other" }),
      sidecar({ egress: [{ hosts: ["./*"] }] }, { namespace: "istio-system" }),
    ],
    "different clients": [
      virtualService({ hosts: ["api.example.com"], exportTo: ["."] }),
      virtualService({ hosts: ["api.example.com"], exportTo: ["."] }, { namespace: "other" }),
    ],
  },
  refuses: {
    "a host by two names": [
      [virtualService({ hosts: ["reviews"] }), virtualService({ hosts: ["reviews.shop"] }, { namespace: "other" })],
      "0 spec.hosts[0]",
      "1 spec.hosts[0]",
    ],
    "a wildcard beside a host of its namespace": [
      [virtualService({ hosts: ["*"] }), virtualService({ hosts: ["reviews"] })],
      "0 spec.hosts[0]",
      "1 spec.hosts[0]",
    ],
    "one that is exported to the other's namespace": [
      [
        virtualService({ hosts: ["api.example.com"], exportTo: [".", "other"] }),
        virtualService({ hosts: ["api.example.com"], exportTo: ["."] }, { namespace: "other" }),
      ],
      "0 spec.hosts[0]",
      "1 spec.hosts[0]",
    ],
  },
});
