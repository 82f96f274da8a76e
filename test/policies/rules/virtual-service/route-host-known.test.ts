import { routeHostKnown } from "../../../../policies/rules/virtual-service/route-host-known.ts";
import { describeRule } from "../../describeRule.ts";
import { namespace, routing, service, serviceEntry, virtualService } from "../../kialiObjects.ts";

describeRule(routeHostKnown, {
  open: false,
  accepts: {
    "a Service of the namespace": [routing({ host: "reviews" }), service()],
    "a Service in full": [routing({ host: "reviews.shop.svc.cluster.local" }), service()],
    "a Service of another namespace": [
      routing({ host: "reviews.other" }),
      service({}, { namespace: "other" }),
      namespace("other"),
    ],
    "a ServiceEntry's host": [routing({ host: "api.example.com" }), serviceEntry({ hosts: ["*.example.com"] })],
    "no host": [routing({ host: "" })],
    "no Service at all": [routing({ host: "reviews" })],
  },
  refuses: {
    "a Service that is not there": [
      [routing({ host: "ratings" }), service()],
      "0 spec.http[0].route[0].destination.host",
    ],
    "a Service that is exported elsewhere": [
      [
        routing({ host: "reviews.other.svc.cluster.local" }),
        service({}, { namespace: "other", annotations: { "networking.istio.io/exportTo": "." } }),
      ],
      "0 spec.http[0].route[0].destination.host",
    ],
    "a ServiceEntry that is exported elsewhere": [
      [
        routing({ host: "api.example.com" }),
        serviceEntry({ hosts: ["api.example.com"], exportTo: ["."] }, { namespace: "other" }),
      ],
      "0 spec.http[0].route[0].destination.host",
    ],
    "hosts of TCP and TLS routes": [
      [
        virtualService({
          hosts: ["reviews"],
          tcp: [{ route: [{ destination: { host: "ratings" } }] }],
          tls: [{ route: [{ destination: { host: "details" } }] }],
        }),
        service(),
      ],
      "0 spec.tcp[0].route[0].destination.host",
      "0 spec.tls[0].route[0].destination.host",
    ],
  },
});
