// What the proxy of a server does before its pod sees a request.
import { decide, type Call } from "../authorization.ts";
import type { AuthorizationPolicySpec } from "../generated/specs.ts";
import { selects } from "../labels.ts";
import { byAge, type Declared, type Workload, type World } from "./world.ts";

export type PeerMode = "DISABLE" | "PERMISSIVE" | "STRICT";

/**
 * What pods accept at a port of theirs: their own PeerAuthentication, else that of the namespace, else that of the mesh.
 *
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 */
export function peerMode({ peerAuthentications, mesh }: World, pod: Workload, port: number | undefined): PeerMode {
  const at = (namespace: string, isOwn: boolean) =>
    peerAuthentications
      .filter((one) => {
        const selector = one.spec.selector?.matchLabels ?? {};
        const hasSelector = Object.keys(selector).length > 0;
        return one.namespace === namespace && hasSelector === isOwn && selects(selector, pod.labels);
      })
      .toSorted(byAge);
  const isRoot = pod.namespace === mesh.rootNamespace;
  const own = isRoot ? [] : at(pod.namespace, true);
  const levels = [own, isRoot ? [] : at(pod.namespace, false), at(mesh.rootNamespace, false)];
  const modes = [own[0]?.spec.portLevelMtls?.[String(port)], ...levels.map(([first]) => first?.spec.mtls)];
  for (const mtls of modes) if (mtls?.mode !== undefined && mtls.mode !== "UNSET") return mtls.mode;
  return "PERMISSIVE";
}

/** The AuthorizationPolicies that hold for some pods. One in try-out decides nothing. */
export function policiesFor(
  { authorizationPolicies, mesh }: World,
  pod: Workload,
): readonly Declared<AuthorizationPolicySpec>[] {
  return authorizationPolicies.filter(({ namespace, spec }) => {
    const isNear = namespace === pod.namespace || namespace === mesh.rootNamespace;
    const isForProxies = spec.targetRef === undefined && (spec.targetRefs ?? []).length === 0;
    return isNear && isForProxies && selects(spec.selector?.matchLabels ?? {}, pod.labels);
  });
}

export interface Verdict {
  /** Undefined where it depends on an address, or on the word of a provider. */
  readonly isAllowed: boolean | undefined;
  /** The policy that refuses it, or those that could have allowed it. */
  readonly policies: readonly Declared<AuthorizationPolicySpec>[];
}

/** Whether the pods of a server take a request. */
export function judged(world: World, pod: Workload, call: Call): Verdict {
  const policies = policiesFor(world, pod);
  if (policies.some(({ isOpen }) => isOpen === true)) return { isAllowed: undefined, policies };
  const decision = decide(
    policies.map(({ spec }) => spec),
    call,
  );
  const by = (action: string) => policies.filter(({ spec }) => (spec.action ?? "ALLOW") === action);
  if (decision === undefined) return { isAllowed: undefined, policies: by("CUSTOM") };
  if (decision === "allowed") return { isAllowed: true, policies: by("ALLOW") };
  const denying = by("DENY").filter(({ spec }) => decide([spec], call) === "refused");
  return { isAllowed: false, policies: denying.length > 0 ? denying : by("ALLOW") };
}
