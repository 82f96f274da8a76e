import { isOpenNamespace } from "../../model/namespaces.ts";
import type { Field } from "../../model/field.ts";
import { virtualServiceAt } from "../../model/delegates.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { Finding, MeshRule } from "../../engine/rule.ts";

export const rolloutSubsetsExist: MeshRule = {
  id: "rollout-subsets-exist",
  title: "A Rollout that splits traffic with Istio names existing routes and subsets.",
  rationale: "Otherwise Argo Rollouts rejects the Rollout, or stops halfway, and the new version gets no requests.",
  remediation:
    "Create the VirtualService with a route to both of the Rollout's destinations, and the DestinationRule with both of its subsets.",
  severity: "high",
  codes: [],

  // Argo Rollouts: utils/istio and rollout/trafficrouting/istio in its source.
  *checkMesh(mesh) {
    for (const object of mesh.all("Rollout")) {
      const canary = object.spec.at("strategy", "canary");
      const istio = canary.at("trafficRouting", "istio");
      const { namespace } = object;
      if (!istio.isPresent() || namespace === undefined) continue;
      for (const finding of ofDestinationRule(mesh, istio.at("destinationRule"), namespace))
        yield { object, ...finding };
      const several = istio.at("virtualServices").items();
      for (const place of several.length > 0 ? several : [istio.at("virtualService")]) {
        for (const finding of ofVirtualService(mesh, place, namespace, canary)) yield { object, ...finding };
      }
    }
  },
};

/** What the stable and the new version are told apart by in a route's destination. */
interface Ends {
  readonly by: "subset" | "host";
  readonly places: readonly Field[];
}

function endsOf(canary: Field): Ends | undefined {
  const rule = canary.at("trafficRouting", "istio", "destinationRule");
  if (rule.isUnknown()) return undefined;
  if (rule.isPresent()) return { by: "subset", places: [rule.at("stableSubsetName"), rule.at("canarySubsetName")] };
  const services = [canary.at("stableService"), canary.at("canaryService")];
  const pingPong = canary.at("pingPong");
  // Argo goes by the two that take turns where no others are named.
  const takeTurns = pingPong.isPresent() && services.every((service) => service.isAbsent());
  return { by: "host", places: takeTurns ? [pingPong.at("pingService"), pingPong.at("pongService")] : services };
}

function* ofDestinationRule(mesh: Mesh, place: Field, namespace: string): Iterable<Finding> {
  const name = place.at("name").string();
  if (name === undefined) return;
  const rules = mesh.all("DestinationRule");
  const rule = rules.find((one) => one.id === name && one.namespace === namespace);
  if (rule === undefined) {
    const isUnnamed = rules.some((one) => one.namespace === undefined || one.metadata.at("name").isUnknown());
    if (isUnnamed || isOpenNamespace(mesh, namespace)) return;
    yield { path: place.at("name").path, message: "name an existing DestinationRule", missing: true };
    return;
  }
  const list = rule.spec.at("subsets");
  const names = list.items().map((subset) => subset.at("name"));
  if ([list, ...names].some((one) => one.isUnknown())) return;
  for (const key of ["stableSubsetName", "canarySubsetName"]) {
    const subset = place.at(key).string();
    if (subset === undefined || names.some((one) => one.string() === subset)) continue;
    yield { path: place.at(key).path, message: "name a subset of the DestinationRule, or add this one there" };
  }
}

function* ofVirtualService(mesh: Mesh, place: Field, ownNamespace: string, canary: Field): Iterable<Finding> {
  const ends = endsOf(canary);
  const name = place.at("name").string();
  if (name === undefined) return;
  const [id, namespace] = placeOf(name, ownNamespace);
  const found = virtualServiceAt(mesh, namespace, id);
  if (found === undefined) return;
  if (found === "none") {
    yield { path: place.at("name").path, message: "name an existing VirtualService", missing: true };
    return;
  }
  const [listed, http] = [place.at("routes"), found.spec.at("http")];
  const others = canary.at("trafficRouting", "managedRoutes");
  const managed = others.items().map((route) => route.at("name"));
  const isManaged = (route: Field) => managed.some((name) => name.string() === route.at("name").string());
  const routes = http.items().filter((route) => !isManaged(route));
  const unsure = [listed, http, others, ...managed, ...http.items().map((route) => route.at("name"))];
  // Of a VirtualService without http routes, Argo looks at the others only.
  if (http.items().length === 0 || unsure.some((one) => one.isUnknown())) return;
  for (const item of listed.items()) {
    const text = item.string();
    const route = routes.find((one) => one.at("name").string() === text);
    if (text === undefined) continue;
    if (route === undefined) yield { path: item.path, message: "name an HTTP route of the VirtualService" };
    else yield* ofRoute(route, item, ends);
  }
  const [only, second] = routes;
  if (listed.items().length > 0 || only === undefined) return;
  if (second === undefined) yield* ofRoute(only, place.at("name"), ends);
  else yield { path: listed.path, message: "name the HTTP routes to change: the VirtualService has several" };
}

/** A route has to lead to both, be it with a weight of 0. */
function* ofRoute(route: Field, { path }: Field, ends: Ends | undefined): Iterable<Finding> {
  const texts = ends?.places.map((place) => place.string());
  const destinations = route
    .at("route")
    .items()
    .map((share) => share.at("destination", ends?.by ?? "host"));
  const unsure = [route.at("route"), ...destinations, ...(ends?.places ?? [])];
  if (texts === undefined || texts.includes(undefined) || unsure.some((place) => place.isUnknown())) return;
  const led = destinations.map((place) => place.string() ?? "");
  const leads = (text = "") => led.some((one) => one === text || (ends?.by === "host" && one.split(".")[0] === text));
  if (texts.every(leads)) return;
  const what = ends?.by === "subset" ? "subsets" : "Services";
  yield { path, message: `point this route to both ${what} of the Rollout, with weights of 100 and 0` };
}

/** Argo takes what follows the last dot for another namespace. */
function placeOf(name: string, ownNamespace: string): readonly [name: string, namespace: string] {
  const dot = name.lastIndexOf(".");
  return dot < 0 ? [name, ownNamespace] : [name.slice(0, dot), name.slice(dot + 1)];
}
