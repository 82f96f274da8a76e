import type { Finding, Path } from "../lib/schema/problems.ts";
import { mapOf } from "../lib/untrusted.ts";
import type { Draft } from "./draft.ts";

/*
 * Rules about several sections at once. Sections may be wrong by themselves, so nothing here is taken for granted; a
 * rule speaks up only where it knows.
 */

export function* combinations(draft: Draft): Iterable<Finding> {
  if (draft.isProduction) yield* singlePods(draft);
  yield* sameNames(draft);
}

const TWICE = "must be 2 or more in the production profile: one pod does not survive the loss of its node";

function* singlePods(draft: Draft): Iterable<Finding> {
  for (const gateway of ["ingressGateway", "egressGateway"]) {
    const { replicas, autoscaling } = mapOf(draft.section("istio")[gateway]);
    const path = ["istio", gateway];
    if (replicas === 1) yield { path: [...path, "replicas"], reason: TWICE };
    if (mapOf(autoscaling).min === 1) yield { path: [...path, "autoscaling", "min"], reason: TWICE };
  }
  for (const { path, version } of draft.versions()) {
    if (version.replicas === 1) yield { path: [...path, "replicas"], reason: TWICE };
  }
}

/** Two applications may share a namespace, but neither a Service nor a Deployment; nor may their resources share names. */
function* sameNames(draft: Draft): Iterable<Finding> {
  const owners = new Map<string, string>();
  const claim = function* (thing: string, owner: string, path: Path): Iterable<Finding> {
    const first = owners.get(thing);
    if (first === undefined) owners.set(thing, owner);
    else yield { path, reason: `makes the same ${thing} as ${first}: choose another name or namespace` };
  };
  for (const { name, namespace, services, path } of draft.applications) {
    yield* claim(`application ${name}`, "Bookinfo", path);
    for (const [service, args] of Object.entries(services)) {
      const servicePath = [...path, "services", service];
      const owner = `${name}.${service}`;
      yield* claim(`Service ${service} in the namespace ${namespace}`, owner, servicePath);
      yield* claim(`ServiceAccount ${name}-${service}`, owner, servicePath);
      for (const version of Object.keys(mapOf(mapOf(args).versions))) {
        const deployment = `Deployment ${service}-${version} in the namespace ${namespace}`;
        yield* claim(deployment, owner, [...servicePath, "versions", version]);
      }
    }
  }
}
