// Which preflight requests of browsers a route answers, and whether a rule of an AuthorizationPolicy meets them.
import { boundTo, podsServing } from "../../../model/gatewayBindings.ts";
import type { Field } from "../../../model/field.ts";
import type { Mesh, MeshObject } from "../../../model/mesh.ts";
import { rootNamespace } from "../../../model/namespaces.ts";
import { selectorOf } from "../../../model/policyTargets.ts";
import { takes } from "../../../model/workloads.ts";

/** A route that answers preflight requests at a gateway. */
export interface CorsRoute {
  readonly gateway: MeshObject;
  readonly hosts: readonly string[];
  readonly paths: readonly RoutePath[];
}

/** The beginning or the whole of the paths that a route is for. */
interface RoutePath {
  readonly text: string;
  readonly isWhole: boolean;
}

export function readCorsRoutes(mesh: Mesh): readonly CorsRoute[] {
  return mesh.all("VirtualService").flatMap((object) => {
    const hosts = object.spec.at("hosts").strings();
    const routes = object.spec.at("http").items();
    const paths = routes.filter((route) => route.at("corsPolicy").isPresent()).flatMap(pathsOf);
    if (paths.length === 0) return [];
    return boundTo(mesh, object, object.spec.at("gateways")).map(({ gateway }) => ({ gateway, hosts, paths }));
  });
}

/** The paths of a route, as far as it is chosen by nothing but the path. */
function pathsOf(route: Field): RoutePath[] {
  const matches = route.at("match");
  if (matches.isUnknown()) return [];
  if (matches.items().length === 0) return [{ text: "/", isWhole: false }];
  return matches.items().flatMap((match): RoutePath[] => {
    if (match.isUnknown() || match.keys().some((key) => key !== "uri" && key !== "name")) return [];
    const uri = match.at("uri");
    if (uri.isAbsent()) return [{ text: "/", isWhole: false }];
    const [exact, prefix] = [uri.at("exact").string(), uri.at("prefix").string()];
    if (exact !== undefined) return [{ text: exact, isWhole: true }];
    return prefix === undefined ? [] : [{ text: prefix, isWhole: false }];
  });
}

/** Whether a policy is certainly for all pods that serve a Gateway. */
export function coversGateway(mesh: Mesh, policy: MeshObject, gateway: MeshObject): boolean {
  const selector = selectorOf(policy);
  if (selector === undefined || policy.namespace === undefined) return false;
  const isOfMesh = policy.namespace === rootNamespace(mesh);
  const wanted = gateway.spec.at("selector").stringMap();
  if (isOfMesh && wanted !== undefined && takes(selector, wanted)) return true;
  const pods = podsServing(mesh, gateway) ?? [];
  const covers = pods.map(
    ({ namespace, labels }) => (isOfMesh || namespace === policy.namespace) && takes(selector, labels),
  );
  return covers.length > 0 && covers.every(Boolean);
}

/** Whether an operation certainly takes in some preflight request that a route answers. */
export function meetsPreflight(operation: Field, { hosts, paths }: CorsRoute): boolean {
  const known = new Set(["methods", "notMethods", "hosts", "paths"]);
  if (operation.isUnknown() || operation.entries().some(([key, list]) => !known.has(key) && isFilled(list)))
    return false;
  const isOptions = (place: Field) => fits(place.string(), "OPTIONS");
  const [methods, notMethods] = [operation.at("methods"), operation.at("notMethods")];
  if (isFilled(methods) && !methods.items().some(isOptions)) return false;
  if (notMethods.isUnknown() || notMethods.items().some((place) => place.isUnknown() || isOptions(place))) return false;
  const named = operation.at("hosts");
  const isOfHost = (pattern: string) =>
    hosts.some((host) => fits(pattern.toLowerCase().replace(/:\*$/, ""), host.toLowerCase()));
  if (isFilled(named) && !named.strings().some(isOfHost)) return false;
  const listed = operation.at("paths");
  return !isFilled(listed) || listed.strings().some((pattern) => paths.some((path) => meet(pattern, path)));
}

const isFilled = (list: Field) => list.isUnknown() || list.items().length > 0;

/** Whether a text fits a pattern of Istio's: the whole of it, or what begins or ends so. */
function fits(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined) return false;
  if (pattern.startsWith("*")) return text.endsWith(pattern.slice(1));
  return pattern.endsWith("*") ? text.startsWith(pattern.slice(0, -1)) : pattern === text;
}

/** Whether some path fits both; of patterns that begin openly it is not asked. */
function meet(pattern: string, { text, isWhole }: RoutePath): boolean {
  if (pattern === "*" || pattern === "/*") return true;
  if (pattern.startsWith("*") || pattern.includes("{")) return false;
  if (isWhole) return fits(pattern, text);
  const isOpen = pattern.endsWith("*");
  const start = isOpen ? pattern.slice(0, -1) : pattern;
  return start.startsWith(text) || (isOpen && text.startsWith(start));
}
