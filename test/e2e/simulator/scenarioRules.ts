// The rules of a scenario, for services of the pods that answer.
import type { HttpMatch } from "../../../istio/virtualService.ts";
import type { Scenario } from "../../../scenarios/scenario.ts";
import { declared, istioObjects } from "../../components/traffic/declared.ts";
import { HOME, service } from "./ground.ts";

/** Bookinfo's services, whose pods are all those that answer, by their versions. */
export const bookinfoServices: readonly object[] = ["productpage", "details", "reviews", "ratings"].map((name) =>
  service(name, { ports: [{ name: "http", port: 9080, targetPort: 8080 }] }),
);

export interface ScenarioRules {
  readonly objects: readonly object[];
  readonly matches: readonly HttpMatch[];
}

/** Without limits of requests, which the simulator does not count. */
export async function rulesOf({ traffic = {}, peerAuthentication, istiod }: Scenario): Promise<ScenarioRules> {
  const objects = istioObjects(await declared(traffic))
    .filter(({ kind }) => kind !== "EnvoyFilter")
    .map((object) => ({ ...object, metadata: { name: object.metadata.name, namespace: HOME } }));
  const virtualServices = objects.filter(({ kind }) => kind === "VirtualService");
  const matches = virtualServices.flatMap(
    ({ spec }) => (spec as { http?: { match?: HttpMatch[] }[] }).http?.flatMap(({ match = [] }) => match) ?? [],
  );
  const own = (kind: string, group: string, spec: object) => ({
    apiVersion: `${group}.istio.io/v1`,
    kind,
    metadata: { name: "scenario", namespace: HOME },
    spec,
  });
  const outbound = (istiod as { meshConfig?: { outboundTrafficPolicy?: object } } | undefined)?.meshConfig
    ?.outboundTrafficPolicy;
  return {
    matches,
    objects: [
      ...objects,
      ...(peerAuthentication
        ? [own("PeerAuthentication", "security", { mtls: { mode: peerAuthentication.mode } })]
        : []),
      ...(outbound
        ? [own("Sidecar", "networking", { egress: [{ hosts: ["*/*"] }], outboundTrafficPolicy: outbound })]
        : []),
    ],
  };
}
