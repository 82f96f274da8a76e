// Limits that are counted for all pods of a service together, and the service that does it.
import { limitDomain, type HostLimits } from "../components/traffic/rateLimit/meshRateLimit.ts";
import { RATE_LIMIT_NAMESPACE, serviceHost } from "../components/traffic/rateLimit/service/serviceOptions.ts";
import type { DeclaredHost } from "../components/security/sidecarScopes.ts";
import type { HostTrafficSection } from "../components/traffic/hostTrafficOptions.ts";
import type { Finding } from "../lib/schema/problems.ts";
import { mapOf } from "../lib/untrusted.ts";
import type { Draft } from "./draft.ts";

/** What the rate limit service has to know of the hosts of a stack. */
export function meshLimits(traffic: Readonly<Record<string, HostTrafficSection>>, home: string): readonly HostLimits[] {
  return Object.entries(traffic).flatMap(([name, { host = name, namespace = home, rateLimit }]) => {
    if (rateLimit?.scope !== "mesh") return [];
    const [service = host] = host.split(".");
    return [{ domain: limitDomain(service, namespace), limits: rateLimit }];
  });
}

/** Whether the stack has such a limit, and so the service. */
export function hasMeshLimit(draft: Draft): boolean {
  const hosts = { ...draft.scenario?.traffic, ...draft.section("traffic") };
  return Object.values(hosts).some((host) => mapOf(mapOf(host).rateLimit).scope === "mesh");
}

/** The service, which sidecars themselves ask. */
export const limitServiceHosts = (draft: Draft): readonly DeclaredHost[] =>
  hasMeshLimit(draft) ? [{ namespace: RATE_LIMIT_NAMESPACE, host: serviceHost(RATE_LIMIT_NAMESPACE) }] : [];

/** Rules about the service and the rest of the stack. */
export function* rateLimitCombinations(draft: Draft): Iterable<Finding> {
  const section = draft.section("rateLimitService");
  if (!hasMeshLimit(draft)) {
    if (Object.keys(section).length === 0 || draft.isClusterAlone) return;
    const reason = "has nothing to count: set scope: mesh in a rateLimit of mesh:traffic, or leave this out";
    yield { path: ["rateLimitService"], reason };
    return;
  }
  if (draft.isProduction && section.redis === undefined) {
    const reason =
      "is missing: in the production profile limits with scope: mesh need a Redis that outlives a pod, such as ElastiCache; set redis.address";
    yield { path: ["rateLimitService", "redis"], reason };
  }
  for (const { namespace, path } of draft.applications) {
    if (namespace !== RATE_LIMIT_NAMESPACE) continue;
    yield { path: [...path, "namespace"], reason: "is the namespace of the rate limit service: choose another" };
  }
}
