import { ambientHostUsesWaypoint } from "../../../../policies/rules/ambient/ambient-host-uses-waypoint.ts";
import { describeRule } from "../../describeRule.ts";
import { destinationRule, namespace, routing, service, virtualService } from "../../kialiObjects.ts";

const ambient = namespace("shop", { "istio.io/dataplane-mode": "ambient" });
const enrolled = namespace("shop", { "istio.io/dataplane-mode": "ambient", "istio.io/use-waypoint": "w" });
const outlier = (host: string) => destinationRule({ host, trafficPolicy: { outlierDetection: {} } });

describeRule(ambientHostUsesWaypoint, {
  withCodes: true,
  accepts: {
    "a Service with a waypoint": [routing({ host: "reviews" }), service(), enrolled],
    "connections only": [
      virtualService({ hosts: ["reviews"], tcp: [{}] }),
      destinationRule({ host: "reviews", trafficPolicy: { connectionPool: { tcp: {} } } }),
      service(),
      ambient,
    ],
    "a gateway's routes": [
      virtualService({ hosts: ["reviews"], gateways: ["edge/shop"], http: [{}] }),
      service(),
      ambient,
    ],
    "a namespace with sidecars": [routing({ host: "reviews" }), service(), namespace("shop")],
  },
  refuses: {
    "a Service without a waypoint": [
      [virtualService({ hosts: ["reviews"], tls: [{}] }), outlier("reviews"), service(), ambient],
      "KIA1113 0 spec.hosts[0]",
      "KIA0211 1 spec.host",
    ],
    "a Service that opts out": [
      [routing({ host: "reviews" }), service({}, { labels: { "istio.io/use-waypoint": "none" } }), enrolled],
      "KIA1113 0 spec.hosts[0]",
    ],
    "a Service of another namespace": [
      [
        virtualService({ hosts: ["reviews.shop.svc.cluster.local"], http: [{}] }, { namespace: "other" }),
        service(),
        enrolled,
      ],
      "KIA1114 0 spec.hosts[0]",
    ],
    "a rule for a Service of another namespace": [
      [
        destinationRule(
          {
            host: "reviews.shop.svc.cluster.local",
            subsets: [{ trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: "user" } } } }],
          },
          { namespace: "other" },
        ),
        service(),
        enrolled,
      ],
      "KIA0212 0 spec.host",
    ],
    "a host that is no Service": [
      [virtualService({ hosts: ["example.com"], http: [{}] }), outlier("example.com"), ambient],
      "KIA1109 0 spec.hosts[0]",
      "KIA0210 1 spec.host",
    ],
  },
});
