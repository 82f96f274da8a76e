import type { Field } from "../../field";
import type { ObjectRule } from "../../rule";
import { podTemplateOf, WORKLOAD_KINDS } from "../../workloads";
import { mayBeOfIstio } from "./lib/controlPlane";

/** Whose traffic bypasses the proxy, being the proxy's own. */
const PROXY_USER = 1337;

const OF_ISTIO = new Set(["istio-proxy", "istio-operator"]);

export const proxyUserReserved: ObjectRule = {
  id: "proxy-user-reserved",
  requires: "No container of an application runs as user 1337.",
  because: "Traffic of that user is taken for the proxy's own and leaves the pod past it, without mTLS or policies.",
  wayOut: "Set securityContext.runAsUser to another user, such as 1000, for the pod and its containers.",
  severity: "medium",
  covers: ["IST0144"],
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
      if (user.number() === PROXY_USER) yield { path: user.path, message: "choose another user than 1337" };
    }
  },
};

/** Whether a container is one of the application, by its name. */
function isApplication(name: Field): boolean {
  return !name.isUnknown() && !OF_ISTIO.has(name.text() ?? "");
}
