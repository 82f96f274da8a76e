import { ambientWorkloadHasWaypoint } from "../../../../policies/rules/ambient/ambient-workload-has-waypoint.ts";
import { describeRule } from "../../describeRule.ts";
import { authorizationPolicy, deployment, k8sGateway, namespace, service } from "../../kialiObjects.ts";

const ambient = namespace("shop", { "istio.io/dataplane-mode": "ambient" });
const aboutRequests = (more: object = {}) =>
  authorizationPolicy({ ...more, rules: [{ to: [{ operation: { methods: ["GET"] } }] }] });

describeRule(ambientWorkloadHasWaypoint, {
  open: false,
  accepts: {
    "a policy about connections": [
      deployment({ app: "a" }),
      ambient,
      authorizationPolicy({ rules: [{ to: [{ operation: { ports: ["80"] } }] }] }),
    ],
    "a waypoint": [
      deployment({ "istio.io/use-waypoint": "w" }),
      ambient,
      aboutRequests(),
      k8sGateway({ gatewayClassName: "istio-waypoint" }, { name: "w" }),
    ],
    "a policy for others": [
      deployment({ app: "a" }),
      ambient,
      aboutRequests({ selector: { matchLabels: { app: "b" } } }),
    ],
    "a workload with a sidecar": [
      deployment({ app: "a" }),
      namespace("shop", { "istio-injection": "enabled" }),
      aboutRequests(),
    ],
  },
  refuses: {
    "a policy for all": [[deployment({ app: "a" }), ambient, aboutRequests()], "0 spec.template.metadata.labels"],
    "a policy for its Service": [
      [
        deployment({ app: "a" }),
        ambient,
        aboutRequests({ targetRefs: [{ kind: "Service", group: "", name: "reviews" }] }),
        service({ selector: { app: "a" } }),
      ],
      "0 spec.template.metadata.labels",
    ],
  },
});
