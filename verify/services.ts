// The services of the stack, and what they answer.
import { qualified, serviceNameOf } from "../istio/hosts.ts";
import { selects } from "../istio/labels.ts";
import type { Declared, Service } from "./declared.ts";

/** Paths of Bookinfo's services that do their work; other services are asked for their health. */
const BOOKINFO: Readonly<Record<string, readonly string[]>> = {
  productpage: ["/productpage"],
  details: ["/details/0"],
  reviews: ["/reviews/0"],
  ratings: ["/ratings/0"],
};

export function serviceOf(services: readonly Service[], host: string, namespace: string): Service | undefined {
  const name = serviceNameOf(qualified(host, namespace));
  return services.find(({ metadata }) => metadata.name === name?.name && metadata.namespace === name.namespace);
}

export function pathsOf({ deployments }: Declared, { metadata, spec }: Service): readonly string[] {
  const own = BOOKINFO[metadata.name];
  if (own) return own;
  const health = deployments
    .filter((each) => each.metadata.namespace === metadata.namespace)
    .filter(({ spec: { template } }) => selects(spec.selector ?? {}, template.metadata.labels))
    .flatMap(({ spec: { template } }) => template.spec.containers)
    .flatMap(({ readinessProbe }) => readinessProbe?.httpGet?.path ?? []);
  return [...new Set(health)];
}
