import type { Field } from "../../model/field.ts";
import type { ObjectRule } from "../../engine/rule.ts";
import { podTemplateOf, WORKLOAD_KINDS } from "../../model/podTemplates.ts";
import { mayBeOfIstio } from "../../model/istioctl/controlPlane.ts";

/** Whose traffic bypasses the proxy, being the proxy's own. */
const PROXY_USER = 1337;

const OF_ISTIO = new Set(["istio-proxy", "istio-operator"]);

export const proxyUserReserved: ObjectRule = {
  id: "proxy-user-reserved",
  title: "No application container runs as user 1337.",
  rationale:
    "Istio takes traffic of that user for the proxy's own, so it bypasses the proxy, without mTLS or policies.",
  remediation: "Set securityContext.runAsUser to another user, such as 1000, for the Pod and its containers.",
  severity: "medium",
  codes: ["IST0144"],
  sources: ["istio/pkg/config/analysis/analyzers/deployment/pod.go"],
  kinds: WORKLOAD_KINDS,

  *check(object) {
    if (mayBeOfIstio(object)) return;
    const pods = podTemplateOf(object).at("spec");
    const applications = pods
      .at("containers")
      .items()
      .filter((container) => isApplication(container.at("name")));
    for (const place of [pods, ...applications]) {
      const user = place.at("securityContext", "runAsUser");
      if (user.number() === PROXY_USER) yield { path: user.path, message: "use a user other than 1337" };
    }
  },
};

/** Whether a container is one of the application, by its name. */
function isApplication(name: Field): boolean {
  return !name.isUnknown() && !OF_ISTIO.has(name.string() ?? "");
}
