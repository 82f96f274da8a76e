// The services of the stack, and what they answer.
import type { Declared, Service } from "./declared.ts";

/** Paths of Bookinfo's services that do their work; other services are asked for their health. */
const BOOKINFO: Readonly<Record<string, readonly string[]>> = {
  productpage: ["/productpage"],
  details: ["/details/0"],
  reviews: ["/reviews/0"],
  ratings: ["/ratings/0"],
};

export function serviceOf(services: readonly Service[], host: string, namespace: string): Service | undefined {
  const [name, place = namespace, suffix = "svc.cluster.local"] =
    /^([^.]+)(?:\.([^.]+)\.(.+))?$/.exec(host)?.slice(1) ?? [];
  if (suffix !== "svc.cluster.local") return undefined;
  return services.find(({ metadata }) => metadata.name === name && metadata.namespace === place);
}

export function pathsOf({ deployments }: Declared, { metadata, spec }: Service): readonly string[] {
  const own = BOOKINFO[metadata.name];
  if (own) return own;
  const health = deployments
    .filter((each) => each.metadata.namespace === metadata.namespace)
    .filter(({ spec: { template } }) =>
      Object.entries(spec.selector ?? {}).every(([key, value]) => template.metadata.labels?.[key] === value),
    )
    .flatMap(({ spec: { template } }) => template.spec.containers)
    .flatMap(({ readinessProbe }) => readinessProbe?.httpGet?.path ?? []);
  return [...new Set(health)];
}
