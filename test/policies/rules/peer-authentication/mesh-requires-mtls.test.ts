import { meshRequiresMtls } from "../../../../policies/rules/peer-authentication/mesh-requires-mtls.ts";
import { describeRule } from "../../describeRule.ts";
import { unknown, type Manifest } from "../../judge.ts";

const inMesh: Manifest = {
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name: "bookinfo", labels: { "istio-injection": "enabled" } },
};
const policy = (mode: unknown, namespace = "istio-system", selector?: object): Manifest => ({
  apiVersion: "security.istio.io/v1",
  kind: "PeerAuthentication",
  metadata: { name: "default", namespace },
  spec: { ...selector, mtls: { mode } },
});
const here = "0 metadata.name";

describeRule(meshRequiresMtls, {
  accepts: {
    "STRICT for the mesh": [inMesh, policy("STRICT")],
    "STRICT for the namespace": [inMesh, policy("STRICT", "bookinfo")],
    "a namespace that inherits it": [inMesh, policy("UNSET", "bookinfo"), policy("STRICT")],
    "a namespace outside of the mesh": [{ ...inMesh, metadata: { name: "tools" } }],
  },
  refuses: {
    "no policy": [[inMesh], here],
    PERMISSIVE: [[inMesh, policy("PERMISSIVE")], here],
    "a namespace that takes it back": [[inMesh, policy("STRICT"), policy("PERMISSIVE", "bookinfo")], here],
    "STRICT for another namespace": [[inMesh, policy("STRICT", "shop")], here],
    "STRICT for some workloads": [
      [inMesh, policy("STRICT", "bookinfo", { selector: { matchLabels: { app: "reviews" } } })],
      here,
    ],
  },
  waits: { "a computed mode": [[inMesh, policy(unknown.text)], "1 spec.mtls.mode"] },
});
