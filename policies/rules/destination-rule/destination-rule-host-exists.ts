import { UNKNOWN } from "../../model/field.ts";
import { covers, CLUSTER_DOMAIN } from "../../../istio/hosts.ts";
import { readServices } from "../../model/services.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { declaresServices } from "../../model/istioctl/declared.ts";
import { servicesBehind } from "../../model/istioctl/destinations.ts";

export const destinationRuleHostExists: MeshRule = {
  id: "destination-rule-host-exists",
  title: "The host of a DestinationRule belongs to a Service or a ServiceEntry.",
  rationale: "Otherwise its settings, such as mTLS or connection limits, have no effect.",
  remediation:
    "Use the host of a Service, in the form <service>.<namespace>.svc.cluster.local from another namespace, or add a ServiceEntry for it.",
  severity: "medium",
  missing: true,
  codes: ["IST0174"],
  sources: ["istio/pkg/config/analysis/analyzers/destinationrule/subset.go"],

  *checkMesh(mesh) {
    if (!declaresServices(mesh)) return;
    const services = mesh.derive(readServices);
    for (const object of mesh.all("DestinationRule")) {
      const { namespace, spec } = object;
      const host = spec.at("host");
      const name = host.string();
      if (namespace === undefined || name === undefined) continue;
      // One for all services of the cluster, as for mTLS, is for those that will come, too.
      if (
        name.startsWith("*") &&
        (covers(name, `*.${CLUSTER_DOMAIN}`) || services.all.some((service) => covers(name, service.host)))
      )
        continue;
      const found = servicesBehind(mesh, name, namespace, spec.at("exportTo"));
      if (found === UNKNOWN || found.length > 0) continue;
      const message =
        "name a Service, by its full name if it is in another namespace, or add a ServiceEntry for this host";
      yield { object, path: host.path, message };
    }
  },
};
