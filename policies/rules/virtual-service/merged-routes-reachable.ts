import { UNKNOWN, type Field } from "../../model/field.ts";
import {
  boundTo,
  isHiddenFrom,
  namespacesOfProxies,
  scopesInMesh,
  type GatewayBinding,
} from "../../model/gatewayBindings.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import type { FindingInMesh, MeshRule } from "../../engine/rule.ts";

export const mergedRoutesReachable: MeshRule = {
  id: "merged-routes-reachable",
  title: "If several VirtualServices route one host at a gateway, none shadows the more specific matches of another.",
  rationale:
    "A gateway merges their routes, oldest first, so a short prefix in an older one takes all requests for longer prefixes in the others.",
  remediation:
    "Put the overlapping routes in one VirtualService, longer paths first, or delegate to the others from there.",
  severity: "high",
  codes: [],

  // Istio: buildGatewayHTTPRouteConfig in pilot/pkg/networking/core/gateway.go, SortVHostRoutes in core/route/route.go.
  *checkMesh(mesh) {
    const found = new Map<string, FindingInMesh>();
    for (const routes of routesAtOneHost(mesh)) {
      for (const later of routes) {
        const isTaken = routes.some((other) => other.object !== later.object && takes(other, later));
        const message =
          "move this match to the VirtualService with the shorter path, before that path, which takes these requests if it is older";
        const { object, match } = later;
        if (isTaken) found.set(`${object.urn} ${match.path}`, { object, path: match.path, message });
      }
    }
    yield* found.values();
  },
};

interface Route {
  readonly object: MeshObject;
  readonly match: Field;
  readonly prefix: string | undefined;
  readonly exact: string | undefined;
  /** What else it asks for than the path. */
  readonly asksForMore: boolean;
}

function routeOf(object: MeshObject, match: Field): Route {
  const uri = match.at("uri");
  const keys = match.keys().filter((key) => !["uri", "name", "statPrefix"].includes(key));
  const [prefix, exact] = [uri.at("prefix").string(), uri.at("exact").string()];
  return { object, match, prefix, exact, asksForMore: keys.length > 0 };
}

/** The matches of http routes that a gateway puts together, by gateway and host. */
function routesAtOneHost(mesh: Mesh): Route[][] {
  const byHost = new Map<string, Route[]>();
  for (const object of mesh.all("VirtualService")) {
    const scopes = scopesInMesh(mesh, object);
    const isSeen = ({ gateway }: GatewayBinding) => {
      if (scopes === UNKNOWN || scopes.has("*")) return scopes !== UNKNOWN;
      const proxies = namespacesOfProxies(mesh, gateway);
      return proxies !== undefined && !isHiddenFrom(scopes, proxies);
    };
    const matches = object.spec
      .at("http")
      .items()
      .flatMap((route) => route.at("match").items());
    const everywhere = matches.filter((match) => match.at("gateways").isAbsent());
    const own = everywhere.map((match) => routeOf(object, match));
    for (const { gateway } of boundTo(mesh, object, object.spec.at("gateways")).filter(isSeen)) {
      for (const host of object.spec.at("hosts").strings()) {
        const key = `${gateway.urn} ${host}`;
        byHost.set(key, [...(byHost.get(key) ?? []), ...own]);
      }
    }
  }
  return [...byHost.values()];
}

/** Whether a match certainly takes every request that another one is for. */
function takes(wide: Route, narrow: Route): boolean {
  const { prefix = "/" } = wide;
  const path = narrow.prefix ?? narrow.exact;
  // What takes all paths goes last, whichever is older.
  if (prefix === "" || prefix === "/" || wide.asksForMore || path?.startsWith(prefix) !== true) return false;
  return path !== prefix || narrow.exact !== undefined || !narrow.asksForMore;
}
