import { bookinfoApplication } from "../components/bookinfo/bookinfo.ts";
import type { Path } from "../lib/schema/problems.ts";
import { mapOf as fields, type Untrusted } from "../lib/untrusted.ts";

/*
 * Rules about several sections at once. Sections may be wrong by themselves, so nothing here is taken for granted; a
 * rule speaks up only where it knows.
 */

export interface Conflict {
  readonly path: Path;
  readonly reason: string;
}

export type Fields = Untrusted;

/** What a section says, or nothing if it is none; the items of a list, or none if it is no list. */
export { mapOf as fields, listOf as list } from "../lib/untrusted.ts";

export function* combinations(settings: unknown): Iterable<Conflict> {
  const stack = fields(settings);
  if (stack.profile === "production") yield* singlePods(stack);
  yield* sameNames(stack);
  yield* sameHosts(stack);
}

const TWICE = "must be 2 or more in the production profile: one pod does not survive the loss of its node";

function* singlePods(stack: Fields): Iterable<Conflict> {
  for (const gateway of ["ingressGateway", "egressGateway"]) {
    const { replicas, autoscaling } = fields(fields(stack.istio)[gateway]);
    const path = ["istio", gateway];
    if (replicas === 1) yield { path: [...path, "replicas"], reason: TWICE };
    if (fields(autoscaling).min === 1) yield { path: [...path, "autoscaling", "min"], reason: TWICE };
  }
  for (const { path, version } of versionsOf(stack)) {
    if (version.replicas === 1) yield { path: [...path, "replicas"], reason: TWICE };
  }
}

/** Two applications may share a namespace, but neither a Service nor a Deployment; nor may their resources share names. */
function* sameNames(stack: Fields): Iterable<Conflict> {
  const owners = new Map<string, string>();
  const claim = function* (thing: string, owner: string, path: Path): Iterable<Conflict> {
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
      for (const version of Object.keys(fields(fields(args).versions))) {
        const deployment = `Deployment ${service}-${version} in the namespace ${namespace}`;
        yield* claim(deployment, owner, [...servicePath, "versions", version]);
      }
    }
  }
}

/** A host that two Gateways take is served by one of them only. */
function* sameHosts(stack: Fields): Iterable<Conflict> {
  const seen = new Set<string>();
  const bookinfo = fields(stack.bookinfo);
  const exposed = [
    ...(bookinfo.enabled === false ? [] : [{ path: ["bookinfo", "hosts"], hosts: bookinfo.hosts }]),
    ...Object.entries(fields(stack.applications)).map(([name, application]) => ({
      path: ["applications", name, "exposure", "hosts"],
      hosts: fields(fields(application).exposure).hosts,
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
  readonly services: Fields;
  readonly path: Path;
}

export function* applicationsOf(stack: Fields): Iterable<NamedApplication> {
  const bookinfo = fields(stack.bookinfo);
  if (bookinfo.enabled !== false) {
    const database = fields(bookinfo.ratings).database;
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
  for (const [name, application] of Object.entries(fields(stack.applications))) {
    const { namespace, services } = fields(application);
    yield {
      name,
      namespace: typeof namespace === "string" ? namespace : name,
      services: fields(services),
      path: ["applications", name],
    };
  }
}

export function* versionsOf(stack: Fields): Iterable<{ readonly path: Path; readonly version: Fields }> {
  for (const [name, application] of Object.entries(fields(stack.applications))) {
    for (const [service, args] of Object.entries(fields(fields(application).services))) {
      for (const [version, versionArgs] of Object.entries(fields(fields(args).versions))) {
        const path = ["applications", name, "services", service, "versions", version];
        yield { path, version: fields(versionArgs) };
      }
    }
  }
}

/** A string, or nothing if it is none. */
export const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
