import type { SidecarSpec } from "../../istio/generated/specs.ts";
import { ISTIO_NAMESPACE } from "../istio/namespace.ts";
import { callsOf, type Member, type Members } from "./members.ts";

/** A host outside of the mesh, or a service that proxies themselves call. */
export interface DeclaredHost {
  /** Where it is declared; `*` where that is not known. */
  readonly namespace: string;
  readonly host: string;
}

/**
 * The `spec` of a Sidecar: what a service calls, hosts outside that the stack declares, what proxies themselves call, and what is
 * in istio-system, where spans and logs go.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/sidecar/
 */
export function sidecarSpec(member: Member, members: Members, outside: readonly DeclaredHost[]): SidecarSpec {
  const { name, namespace } = member;
  const calls = callsOf(member).flatMap((call) => hostsOf(call, namespace, members));
  const hosts = [...calls, ...outside.map((each) => `${each.namespace}/${each.host}`), `${ISTIO_NAMESPACE}/*`];
  return { workloadSelector: { labels: { app: name } }, egress: [{ hosts: [...new Set(hosts)] }] };
}

/** A service that the stack does not run is called by its name and namespace. */
function hostsOf(call: string, from: string, members: Members): string[] {
  const found = members.named(call, from);
  const [name = "", namespace = from] = call.split(".");
  return (found.length > 0 ? found : [{ name, namespace }]).map(
    (each) => `${each.namespace}/${each.name}.${each.namespace}.svc.cluster.local`,
  );
}
