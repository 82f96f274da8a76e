import { ambientPolicyUsesWaypoint } from "../../../../policies/rules/ambient/ambient-policy-uses-waypoint.ts";
import { describeRule } from "../../describeRule.ts";
import {
  authorizationPolicy,
  deployment,
  namespace,
  requestAuthentication,
  service,
  telemetry,
  wasmPlugin,
} from "../../kialiObjects.ts";

const ambient = namespace("shop", { "istio.io/dataplane-mode": "ambient" });
const enrolled = namespace("shop", { "istio.io/dataplane-mode": "ambient", "istio.io/use-waypoint": "w" });
const targetRefs = [{ kind: "Service", group: "", name: "reviews" }];

describeRule(ambientPolicyUsesWaypoint, {
  withCodes: true,
  accepts: {
    "attached, with a waypoint": [requestAuthentication({ targetRefs }), service(), enrolled],
    "a Service with a waypoint": [
      wasmPlugin({ targetRefs }),
      service({}, { labels: { "istio.io/use-waypoint": "w" } }),
      ambient,
    ],
    "policies about connections": [
      authorizationPolicy({ rules: [{ from: [{ source: { principals: ["a"] } }] }] }),
      telemetry({ metrics: [{}] }),
      ambient,
    ],
    "a namespace with sidecars": [requestAuthentication(), namespace("shop", { "istio-injection": "enabled" })],
  },
  refuses: {
    "neither attached nor with a waypoint": [
      [
        authorizationPolicy({ rules: [{ when: [{ key: "request.headers[a]" }] }] }),
        requestAuthentication(),
        wasmPlugin(),
        telemetry({ tracing: [{}] }),
        ambient,
      ],
      "KIA0110 0 spec.targetRefs",
      "KIA0109 0 spec",
      "KIA1115 1 spec.targetRefs",
      "KIA1110 1 spec",
      "KIA1116 2 spec.targetRefs",
      "KIA1111 2 spec",
      "KIA1117 3 spec.targetRefs",
      "KIA1112 3 spec",
    ],
    "not attached": [[requestAuthentication(), enrolled], "KIA1115 0 spec.targetRefs"],
    "attached to a Service that opts out": [
      [requestAuthentication({ targetRefs }), service({}, { labels: { "istio.io/use-waypoint": "none" } }), enrolled],
      "KIA1110 0 spec",
    ],
    "a selector of pods that opt out of the waypoint": [
      [
        wasmPlugin({ selector: { matchLabels: { app: "a" } }, targetRef: { kind: "Gateway", name: "w" } }),
        deployment({ app: "a", "istio.io/use-waypoint": "none" }),
        enrolled,
      ],
      "KIA1111 0 spec",
    ],
  },
});
