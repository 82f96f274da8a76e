import { bookinfoApplication } from "../components/bookinfo/bookinfo";
import type { Finding, Path } from "../lib/schema/problems";
import { mapOf, type Untrusted } from "../lib/untrusted";

/*
 * Rules about several sections at once. Sections may be wrong by themselves, so nothing here is taken for granted; a
 * rule speaks up only where it knows.
 */

export function* combinations(settings: unknown): Iterable<Finding> {
  const stack = mapOf(settings);
  if (stack.profile === "production") yield* singlePods(stack);
  yield* sameNames(stack);
  yield* sameHosts(stack);
}

const TWICE = "must be 2 or more in the production profile: one pod does not survive the loss of its node";

function* singlePods(stack: Untrusted): Iterable<Finding> {
  for (const gateway of ["ingressGateway", "egressGateway"]) {
    const { replicas, autoscaling } = mapOf(mapOf(stack.istio)[gateway]);
    const path = ["istio", gateway];
    if (replicas === 1) yield { path: [...path, "replicas"], reason: TWICE };
    if (mapOf(autoscaling).min === 1) yield { path: [...path, "autoscaling", "min"], reason: TWICE };
  }
  for (const { path, version } of versionsOf(stack)) {
    if (version.replicas === 1) yield { path: [...path, "replicas"], reason: TWICE };
  }
}

/** Two applications may share a namespace, but neither a Service nor a Deployment; nor may their resources share names. */
function* sameNames(stack: Untrusted): Iterable<Finding> {
  const owners = new Map<string, string>();
  const claim = function* (thing: string, owner: string, path: Path): Iterable<Finding> {
    const first = owners.get(thing);
    if (first === undefined) owners.set(thing, owner);
    else yield { path, reason: `makes the same ${thing} as ${first}: choose another name or namespace` };
  };
  for (const { name, namespace, services, path } of applicationsOf(stack)) {
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

/** A host that two Gateways take is served by one of them only. */
function* sameHosts(stack: Untrusted): Iterable<Finding> {
  const seen = new Set<string>();
  const bookinfo = mapOf(stack.bookinfo);
  const exposed = [
    ...(bookinfo.enabled === false ? [] : [{ path: ["bookinfo", "hosts"], hosts: bookinfo.hosts }]),
    ...Object.entries(mapOf(stack.applications)).map(([name, application]) => ({
      path: ["applications", name, "exposure", "hosts"],
      hosts: mapOf(mapOf(application).exposure).hosts,
    })),
  ];
  for (const { path, hosts } of exposed) {
    for (const [index, host] of (Array.isArray(hosts) ? hosts : []).entries()) {
      if (typeof host !== "string") continue;
      const reason = "is exposed already, further up: a host leads to one application";
      if (seen.has(host)) yield { path: [...path, index], reason };
      seen.add(host);
    }
  }
}

interface NamedApplication {
  readonly name: string;
  readonly namespace: string;
  readonly services: Untrusted;
  readonly path: Path;
}

export function* applicationsOf(stack: Untrusted): Iterable<NamedApplication> {
  const bookinfo = mapOf(stack.bookinfo);
  if (bookinfo.enabled !== false) {
    const database = mapOf(bookinfo.ratings).database;
    const { namespace, services } = bookinfoApplication({
      namespace: typeof bookinfo.namespace === "string" ? bookinfo.namespace : "",
      hosts: [],
      images: { registry: "", tag: "", client: "" },
      client: bookinfo.client !== false,
      ...(database === "mongodb" && { ratings: { database } }),
      ...(database === "mysql" && { ratings: { database, password: "" } }),
    });
    yield { name: "bookinfo", namespace, services, path: ["bookinfo"] };
  }
  for (const [name, application] of Object.entries(mapOf(stack.applications))) {
    const { namespace, services } = mapOf(application);
    yield {
      name,
      namespace: typeof namespace === "string" ? namespace : name,
      services: mapOf(services),
      path: ["applications", name],
    };
  }
}

export function* versionsOf(stack: Untrusted): Iterable<{ readonly path: Path; readonly version: Untrusted }> {
  for (const [name, application] of Object.entries(mapOf(stack.applications))) {
    for (const [service, args] of Object.entries(mapOf(mapOf(application).services))) {
      for (const [version, versionArgs] of Object.entries(mapOf(mapOf(args).versions))) {
        const path = ["applications", name, "services", service, "versions", version];
        yield { path, version: mapOf(versionArgs) };
      }
    }
  }
}
