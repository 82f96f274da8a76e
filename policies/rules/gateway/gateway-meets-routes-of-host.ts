import type { Field } from "../../model/field.ts";
import { qualified } from "../../../istio/hosts.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { boundGateways, destinationsOf } from "../../model/routes.ts";

export const gatewayMeetsRoutesOfHost: MeshRule = {
  id: "gateway-meets-routes-of-host",
  title: "The settings of a host's VirtualService also apply to requests from a gateway.",
  rationale:
    "A gateway uses only the VirtualServices bound to it, so requests from outside skip the timeouts, faults and rewrites that sidecars apply.",
  remediation:
    "Bind these routes to the gateway too, with exposure or with gateways and hosts, or repeat the settings in the gateway's routes.",
  severity: "low",
  environment: true,
  codes: [],

  *checkMesh(mesh) {
    const led = mesh.derive(readLedByGateways);
    for (const object of mesh.all("VirtualService")) {
      const { spec, namespace } = object;
      if (namespace === undefined || !isInSidecarsOnly(object)) continue;
      const hosts = spec
        .at("hosts")
        .strings()
        .map((host) => qualified(host, namespace));
      if (!hosts.some((host) => led.has(host))) continue;
      if (
        !spec
          .at("http")
          .items()
          .some((route) => hasEffect(route))
      )
        continue;
      // Who chooses versions here and not there hears so of the gateway's own routes.
      if (choosesSubsets(object)) continue;
      const message = "bind these routes to the gateway too: requests through the gateway skip them";
      yield { object, path: spec.at("http").path, message };
    }
  },
};

const EFFECTS = [
  ...["fault", "timeout", "retries", "mirror", "mirrors", "rewrite", "redirect", "directResponse"],
  ...["headers", "corsPolicy"],
];

/** Whether a route does more than lead to the host, to whoever calls it. */
function hasEffect(route: Field): boolean {
  const match = route.at("match");
  if (match.isUnknown()) return false;
  const matches = match.items();
  const isForSome = (one: Field) =>
    ["sourceLabels", "sourceNamespace", "gateways"].some((name) => !one.at(name).isAbsent());
  if (matches.length > 0 && matches.every(isForSome)) return false;
  return EFFECTS.some((name) => route.at(name).isPresent());
}

function isInSidecarsOnly({ spec }: MeshObject): boolean {
  const gateways = spec.at("gateways");
  return !gateways.isUnknown() && gateways.items().every((gateway) => gateway.string() === "mesh");
}

/** Whether a route names a subset, or may do so. */
function choosesSubsets({ spec }: MeshObject): boolean {
  const routes = spec.at("http").items();
  return (
    routes.some((route) => route.at("route").isUnknown()) ||
    destinationsOf(routes).some((destination) => !destination.at("subset").isAbsent())
  );
}

/** The hosts that the routes of gateways lead to, by their full names. */
function readLedByGateways(mesh: Mesh): ReadonlySet<string> {
  const led = new Set<string>();
  for (const object of mesh.all("VirtualService")) {
    const { spec, namespace } = object;
    if (namespace === undefined || boundGateways(object).length === 0) continue;
    for (const destination of destinationsOf(spec.at("http").items())) {
      const host = destination.at("host").string();
      if (host !== undefined) led.add(qualified(host, namespace));
    }
  }
  return led;
}
