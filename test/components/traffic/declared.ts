import { MeshNamespace } from "../../../components/application/meshNamespace.ts";
import { HostTraffic } from "../../../components/traffic/hostTraffic.ts";
import type { HostTrafficOptions } from "../../../components/traffic/hostTrafficOptions.ts";
import type { AppliedObject } from "../../istioctl.ts";
import { record, type Recorded } from "../../recorder.ts";
import { mesh } from "../mesh.ts";

export const KNOWN =
  /^(mesh:(traffic|application|security):|kubernetes:(test\/v1|core\/v1|networking\.istio\.io\/v1(alpha3)?|security\.istio\.io\/v1|networking\.k8s\.io\/v1|route\.openshift\.io\/v1):)/;

/** What a program declares that rules the traffic of these hosts. */
export function declared(hosts: Readonly<Record<string, HostTrafficOptions>>): Promise<Recorded[]> {
  return record(() => {
    const place = { namespace: new MeshNamespace("bookinfo"), mesh: mesh() };
    for (const [name, rules] of Object.entries(hosts)) new HostTraffic(name, { ...rules, ...place });
  }, KNOWN);
}

/** Istio's objects among the resources, as they are applied. */
export function istioObjects(resources: readonly Recorded[]): AppliedObject[] {
  return resources
    .filter(({ type }) => type.includes("istio.io/"))
    .map(({ inputs }) => inputs as unknown as AppliedObject);
}

/** Kinds and names of Istio's objects, sorted. */
export const names = (resources: readonly Recorded[]) =>
  istioObjects(resources)
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
    .sort();

/** The `spec` of one object. */
export function specOf(resources: readonly Recorded[], kind: string, name: string): unknown {
  const found = istioObjects(resources).find((each) => each.kind === kind && each.metadata.name === name);
  if (!found) throw new Error(`there is no ${kind} ${name}; there are ${names(resources).join(", ")}`);
  return found.spec;
}
