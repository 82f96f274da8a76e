// Which objects need a proxy that reads requests: in the ambient mesh only a waypoint does.
import type { Field } from "../../../model/field.ts";
import type { MeshObject } from "../../../model/mesh.ts";
import { conditionsOf, operationsOf, sourcesOf } from "../../../model/kiali/authorization.ts";

const OPERATIONS = ["methods", "notMethods", "paths", "notPaths", "hosts", "notHosts"] as const;

const CONDITIONS = /^request\.(headers|auth\.(claims|principal|audiences|presenter))/;

export function readsRequests(object: MeshObject): boolean {
  switch (object.kind) {
    case "AuthorizationPolicy":
      return policyReadsRequests(object);
    case "Telemetry":
      return telemetryReadsRequests(object);
    case "VirtualService":
      return routesRequests(object);
    case "DestinationRule":
      return ruleReadsRequests(object);
    default:
      // RequestAuthentication and WasmPlugin are about requests.
      return true;
  }
}

function policyReadsRequests(object: MeshObject): boolean {
  const conditions = conditionsOf(object).map((when) => when.at("key").string() ?? "");
  if (conditions.some((key) => CONDITIONS.test(key))) return true;
  const operations = operationsOf(object).flatMap((operation) => OPERATIONS.map((name) => operation.at(name)));
  const sources = sourcesOf(object).flatMap((source) => [
    source.at("requestPrincipals"),
    source.at("notRequestPrincipals"),
  ]);
  return [...operations, ...sources].some((list) => list.items().length > 0);
}

function telemetryReadsRequests({ spec }: MeshObject): boolean {
  if (spec.at("tracing").items().length > 0 || spec.at("accessLogging").items().length > 0) return true;
  const metrics = spec.at("metrics").items();
  return metrics.some((metric) => metric.at("overrides").items().length > 0);
}

/** For clients in the mesh: the routes of gateways need no waypoint. */
function routesRequests({ spec }: MeshObject): boolean {
  const gateways = spec.at("gateways");
  const isForMesh = gateways.isAbsent() || (gateways.items().length === 0 && !gateways.isUnknown());
  if (!isForMesh && !gateways.strings().includes("mesh")) return false;
  return spec.at("http").items().length > 0 || spec.at("tls").items().length > 0;
}

function ruleReadsRequests({ spec }: MeshObject): boolean {
  const subsets = spec.at("subsets").items();
  return [spec, ...subsets].some((place) => trafficReadsRequests(place.at("trafficPolicy")));
}

function trafficReadsRequests(policy: Field): boolean {
  const hash = policy.at("loadBalancer", "consistentHash");
  if ((hash.at("httpHeaderName").string() ?? "") !== "" || hash.at("httpCookie").isPresent()) return true;
  return policy.at("connectionPool", "http").isPresent() || policy.at("outlierDetection").isPresent();
}
