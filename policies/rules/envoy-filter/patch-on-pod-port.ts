import type { Field } from "../../model/field.ts";
import { rootNamespace } from "../../model/namespaces.ts";
import { isOfServiceOnly } from "../../model/podPorts.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const patchOnPodPort: MeshRule = {
  id: "patch-on-pod-port",
  title: "A patch of what comes in to a sidecar names a port at which the pods listen, not that of their Service.",
  rationale:
    "Listeners, routes and clusters for what comes in have the port of the pod: a patch for another one is never applied.",
  remediation: "Write the targetPort of the Service, which is the port of the container, as portNumber.",
  severity: "medium",
  codes: [],

  // Istio: listener_patch.go, rc_patch.go and cluster_patch.go in pilot/pkg/networking/core/envoyfilter.
  *checkMesh(mesh) {
    for (const object of mesh.all("EnvoyFilter")) {
      const { namespace, spec } = object;
      const selector = spec.at("workloadSelector", "labels").stringMap();
      if (namespace === undefined || namespace === rootNamespace(mesh) || selector === undefined) continue;
      for (const match of spec
        .at("configPatches")
        .items()
        .map((patch) => patch.at("match"))) {
        if (match.at("context").string() !== "SIDECAR_INBOUND") continue;
        for (const place of portsOf(match)) {
          const port = place.number();
          if (port === undefined || !isOfServiceOnly(mesh, selector, namespace, port)) continue;
          yield {
            object,
            path: place.path,
            message: "name the port at which the pods listen: this one is the Service's",
          };
        }
      }
    }
  },
};

const portsOf = (match: Field) =>
  ["listener", "routeConfiguration", "cluster"].map((what) => match.at(what, "portNumber"));
