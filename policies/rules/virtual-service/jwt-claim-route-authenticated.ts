import { groupedBy } from "../../model/groups.ts";
import type { Field } from "../../model/field.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { rootNamespace } from "../../model/namespaces.ts";
import { takes, type Selector, type Workload } from "../../model/workloads.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { bindingsOf } from "./lib/bindings.ts";
import { readGateways } from "./lib/gateways.ts";
import { podsOfGateway } from "../../model/istioctl/gatewayPods.ts";

/** A header that stands for a claim of a token: `@request.auth.claims.group` or `@request.auth.claims[group]`. */
const CLAIM = /^@request\.auth\.claims(?:\..+|\[.+\])$/i;

export const jwtClaimRouteAuthenticated: MeshRule = {
  id: "jwt-claim-route-authenticated",
  title: "If a route matches a token claim, a RequestAuthentication validates tokens at its gateway.",
  rationale: "Otherwise no request has claims, so the route never matches.",
  remediation:
    "Add a RequestAuthentication for the token's issuer in the namespace of the gateway's Pods, with a selector that matches them.",
  severity: "high",
  codes: ["IST0149"],
  sources: ["istio/pkg/config/analysis/analyzers/virtualservice/jwtclaimroute.go"],

  *checkMesh(mesh) {
    const gateways = mesh.derive(readGateways);
    for (const object of mesh.all("VirtualService")) {
      const claim = claimIn(object);
      if (claim === undefined) continue;
      const isUnchecked = bindingsOf(object).some(({ namespace, name }) => {
        const gateway = gateways.find(namespace, name);
        return gateway && podsOfGateway(mesh, gateway)?.pods.some((pods) => lacksAuthentication(mesh, pods));
      });
      if (isUnchecked) {
        yield { object, path: claim.path, message: "add a RequestAuthentication for the Pods of the gateway" };
      }
    }
  },
};

function claimIn({ spec }: MeshObject): Field | undefined {
  for (const route of spec.at("http").items()) {
    for (const match of route.at("match").items()) {
      for (const place of ["headers", "withoutHeaders"]) {
        for (const [name, header] of match.at(place).entries()) if (CLAIM.test(name)) return header;
      }
    }
  }
  return undefined;
}

function lacksAuthentication(mesh: Mesh, { namespace, labels }: Workload): boolean {
  if (namespace === undefined || labels === undefined) return false;
  const selectors = mesh.derive(authenticationsByNamespace);
  const applying = [rootNamespace(mesh), namespace, undefined].flatMap((place) => selectors.get(place) ?? []);
  return !applying.some((selector) => takes(selector, labels));
}

/** What RequestAuthentications select; of one that is not known yet, nothing, which is all. */
function authenticationsByNamespace(mesh: Mesh): ReadonlyMap<string | undefined, Selector[]> {
  const groups = groupedBy(mesh.all("RequestAuthentication"), ({ namespace }) => namespace);
  const selectorOf = ({ spec }: MeshObject) =>
    spec.at("selector", "matchLabels").stringMap() ?? new Map<string, string>();
  return new Map([...groups].map(([namespace, objects]) => [namespace, objects.map(selectorOf)]));
}
