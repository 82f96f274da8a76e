import { fqdnProblem } from "../../values/hosts.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const sidecarEgressProxies = rejected({
  id: "sidecar-egress-proxies",
  title: "The egress proxy of a Sidecar has a host and a port, and is used with mode ALLOW_ANY.",
  remediation:
    "Set mode to ALLOW_ANY, and set egressProxy.host to a full host name with its port, or remove egressProxy.",
  kinds: ["Sidecar"],

  *check({ spec }) {
    const policy = spec.at("outboundTrafficPolicy");
    const proxy = policy.at("egressProxy");
    if (!proxy.isPresent()) return;
    const mode = policy.at("mode");
    if (!mode.isUnknown() && mode.string() !== "ALLOW_ANY") {
      yield at(mode, "use ALLOW_ANY, or remove the egressProxy");
      return;
    }
    const host = proxy.at("host");
    const problem = fqdnProblem(host.string() ?? "unknown");
    if (problem !== undefined) yield at(host, problem);
    if (proxy.at("port").isAbsent()) yield at(proxy.at("port"), "set the port of the proxy");
  },
});
