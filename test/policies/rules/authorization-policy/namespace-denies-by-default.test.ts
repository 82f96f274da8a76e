import { namespaceDeniesByDefault } from "../../../../policies/rules/authorization-policy/namespace-denies-by-default.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const namespace = (labels: unknown, name = "bookinfo"): Manifest => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels },
});
const policy = (spec: unknown, place = "bookinfo"): Manifest => ({
  apiVersion: "security.istio.io/v1",
  kind: "AuthorizationPolicy",
  metadata: { name: "default", namespace: place },
  spec,
});
const inMesh = namespace({ "istio-injection": "enabled" });
const gateway = {
  type: "kubernetes:helm.sh/v3:Release",
  props: { name: "istio-ingressgateway", namespace: "istio-ingress", chart: "gateway", values: {} },
};
const here = "0 metadata.name";

describeRule(namespaceDeniesByDefault, {
  accepts: {
    "an empty policy in the namespace": [inMesh, policy({})],
    "one for the mesh": [inMesh, policy({ action: "ALLOW", rules: [] }, "istio-system")],
    "a namespace of a gateway": [namespace({ "istio-injection": "enabled" }, "istio-ingress"), gateway],
    "a namespace outside of the mesh": [namespace({ team: "shop" }), namespace({ "istio-injection": "disabled" })],
  },
  refuses: {
    "no policy": [[inMesh], here],
    "a gateway beside others": [
      [
        inMesh,
        { ...gateway, props: { ...gateway.props, namespace: "bookinfo" } },
        { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "reviews", namespace: "bookinfo" }, spec: {} },
      ],
      here,
    ],
    "one of another namespace": [[inMesh, policy({}, "shop")], here],
    "one for some workloads": [[inMesh, policy({ selector: { matchLabels: { app: "reviews" } } })], here],
    "one for a gateway": [[inMesh, policy({ targetRefs: [{ kind: "Gateway", name: "waypoint" }] })], here],
    "one that allows something": [[inMesh, policy({ rules: [{}] })], here],
    "one that denies nothing": [[inMesh, policy({ action: "DENY" })], here],
    "a namespace of a revision": [[namespace({ "istio.io/rev": "stable" })], here],
    "a namespace of the ambient mesh": [[namespace({ "istio.io/dataplane-mode": "ambient" })], here],
  },
  waits: {
    "a namespace of unknown labels": [[namespace(unknown.object)], "0 metadata.labels"],
  },
});
