import type { Field } from "../../model/field.ts";
import { readReleases } from "../../model/releases.ts";
import type { MeshRule } from "../../engine/rule.ts";

const VARIABLE = "BLOCKED_CIDRS_IN_JWKS_URIS";

export const jwksFetchRestricted: MeshRule = {
  id: "jwks-fetch-restricted",
  title: "Where RequestAuthentications are in use, istiod blocks addresses that no jwksUri may use.",
  rationale:
    "Otherwise anyone who can create a RequestAuthentication can make istiod send requests to any address it can reach.",
  remediation:
    "Set BLOCKED_CIDRS_IN_JWKS_URIS in the environment of istiod (env in its chart) to ranges such as 169.254.0.0/16,10.0.0.0/8.",
  severity: "medium",
  codes: ["IST0175"],
  sources: ["istio/pkg/config/analysis/analyzers/authn/blockedcidrs.go"],

  *checkMesh(mesh) {
    if (mesh.all("RequestAuthentication").length === 0) return;
    const message = `set the environment variable ${VARIABLE}, e.g. to 169.254.0.0/16,10.0.0.0/8`;
    for (const object of mesh.all("Deployment")) {
      const containers = object.spec.at("template", "spec", "containers");
      if (object.labels.at("app").string() !== "istiod" || containers.isUnknown()) continue;
      if (containers.items().some(isRestricted)) continue;
      yield { object, path: containers.path, message };
    }
    for (const { release, chart, values } of mesh.derive(readReleases)) {
      const places = [values.at("env", VARIABLE), values.at("pilot", "env", VARIABLE)];
      if (chart !== "istiod" || places.some((place) => place.isUnknown() || (place.string() ?? "") !== "")) continue;
      yield { object: release, path: places[0]?.path ?? "", message };
    }
  },
};

/** Whether a container has the variable, as far as that is known. */
function isRestricted(container: Field): boolean {
  const list = container.at("env");
  if (list.isUnknown()) return true;
  return list.items().some((variable) => {
    const [name, value] = [variable.at("name"), variable.at("value")];
    if (name.isUnknown()) return true;
    return name.string() === VARIABLE && (value.isUnknown() || (value.string() ?? "") !== "");
  });
}
