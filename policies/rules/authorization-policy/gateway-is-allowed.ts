import { groupedBy } from "../../model/groups.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { rootNamespace } from "../../model/namespaces.ts";
import { isBehindSidecar } from "../../model/peerModes.ts";
import type { Workload } from "../../model/workloads.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { readBehindGateways, type Behind } from "./lib/behindGateways.ts";
import { callerOf, mayAllow } from "./lib/callers.ts";
import { dryRunOf } from "./lib/dryRun.ts";
import { isForSidecarsOf } from "./lib/sidecarPolicies.ts";

export const gatewayIsAllowed: MeshRule = {
  id: "gateway-is-allowed",
  title: "ALLOW policies of Pods that a gateway routes to allow the gateway too.",
  rationale: "The Pods see the gateway as the client of all requests through it, so each of them gets 403.",
  remediation:
    "Add <trust domain>/ns/<namespace>/sa/<service account> of the gateway to the principals of a rule, or its namespace to namespaces.",
  severity: "high",
  missing: true,
  codes: [],

  *checkMesh(mesh) {
    const found = new Map<MeshObject, string>();
    for (const behind of mesh.derive(readBehindGateways)) {
      const closing = behind.pods.map((workload) => policyThatCloses(mesh, workload, behind));
      // With a subset only some of the pods get the requests.
      if (closing.includes(undefined)) continue;
      for (const policy of closing) if (policy !== undefined) found.set(policy, policy.spec.at("rules").path);
    }
    for (const [object, path] of found) {
      yield { object, path, message: "allow the service account of the gateway, which routes to these Pods" };
    }
  },
};

/** A policy that allows others and not the gateways; nothing if they may be allowed, or if nobody is. */
function policyThatCloses(mesh: Mesh, workload: Workload, { gateways, port }: Behind): MeshObject | undefined {
  const callers = gateways.map(callerOf);
  if (!isBehindSidecar(mesh, workload, port) || callers.includes(undefined)) return undefined;
  const isFor = (policy: MeshObject) => isForSidecarsOf(mesh, policy, workload);
  const policies = policiesNear(mesh, workload).filter((policy) => isFor(policy) !== false);
  const isUnsure = policies.some((policy) => isAllowing(policy) === undefined || isFor(policy) === undefined);
  const allowing = policies.filter(isAllowing);
  const isAllowed = allowing.some((policy) => callers.some((caller) => caller && mayAllow(policy, caller)));
  return isUnsure || isAllowed ? undefined : allowing.find(({ spec }) => spec.at("rules").items().length > 0);
}

/** Whether a policy that is enforced allows something; nothing if it is not known yet. */
function isAllowing(policy: MeshObject): boolean | undefined {
  const action = policy.spec.at("action");
  const dryRun = dryRunOf(policy);
  if (action.isUnknown() || dryRun === undefined) return undefined;
  return ["ALLOW", ""].includes(action.string() ?? "ALLOW") && !dryRun;
}

/** The policies that may be for pods of a namespace. */
function policiesNear(mesh: Mesh, { namespace }: Workload): readonly MeshObject[] {
  const byNamespace = mesh.derive(readByNamespace);
  const places = new Set([namespace, rootNamespace(mesh), undefined]);
  return [...places].flatMap((place) => byNamespace.get(place) ?? []);
}

function readByNamespace(mesh: Mesh): ReadonlyMap<string | undefined, readonly MeshObject[]> {
  return groupedBy(mesh.all("AuthorizationPolicy"), ({ namespace }) => namespace);
}
