import { allPlaces, hasItems, lacksText } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

/** What a policy can be attached to, by API group. */
const TARGETS: Readonly<Record<string, readonly string[]>> = {
  "": ["Service"],
  core: ["Service"],
  "networking.istio.io": ["ServiceEntry"],
  "gateway.networking.k8s.io": ["Gateway", "GatewayClass"],
};

export const policyTargets = rejected({
  id: "policy-targets",
  title: "A policy selects workloads or names targets of its own namespace, not both.",
  remediation:
    "Keep one of selector, targetRef and targetRefs, and give a target a name and a kind such as Gateway with its group, but no namespace.",
  kinds: ["AuthorizationPolicy", "EnvoyFilter", "RequestAuthentication", "Telemetry", "TrafficExtension", "WasmPlugin"],

  *check({ kind, spec }) {
    const selector = spec.at(kind === "EnvoyFilter" ? "workloadSelector" : "selector");
    const [one, several] = [spec.at("targetRef"), spec.at("targetRefs")];
    const set = [selector, one].filter((field) => field.isPresent());
    if (hasItems(several)) set.push(several);
    for (const field of set.slice(1)) yield at(field, "take it out, or what says before which workloads are meant");
    for (const target of allPlaces(spec, "targetRef", "targetRefs[]")) {
      if (lacksText(target.at("name"))) yield at(target.at("name"), "name the target");
      const namespace = target.at("namespace");
      if ((namespace.string() ?? "") !== "")
        yield at(namespace, "take it out: a policy is for targets of its own namespace");
      const [group, targetKind] = [target.at("group"), target.at("kind")];
      if (group.isUnknown() || targetKind.isUnknown()) continue;
      if (TARGETS[group.string() ?? ""]?.includes(targetKind.string() ?? "") !== true) {
        const message =
          "name a Service, a ServiceEntry, a Gateway of the Gateway API or a GatewayClass, with its group";
        // istiod takes an EnvoyFilter for anything, and applies it to none of the others.
        yield { ...at(targetKind, message), ...(kind === "EnvoyFilter" && { code: null }) };
      }
    }
  },
});
