import type { Field } from "../../model/field.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { rulesOf } from "../../model/kiali/authorization.ts";
import { acceptedAt, isBehindSidecar } from "../../model/peerModes.ts";
import { targetOf } from "../../model/podPorts.ts";
import { readKubernetesServices } from "../../model/services.ts";
import { readWorkloads, type Workload } from "../../model/workloads.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { isForSidecarsOf } from "./lib/sidecarPolicies.ts";

const IDENTITIES = ["principals", "namespaces", "serviceAccounts", "trustDomains"] as const;

const IDENTITY_KEYS: ReadonlySet<string | undefined> = new Set([
  "source.principal",
  "source.namespace",
  "source.serviceAccount",
  "source.trustDomain",
]);

export const deniedIdentityNeedsStrict: MeshRule = {
  id: "denied-identity-needs-strict",
  title: "A DENY rule names the clients to deny only where Pods refuse plain text.",
  rationale:
    "In mode PERMISSIVE the clients that the rule denies get in with plain text, in which they have no identity that the rule could match.",
  remediation:
    "Set a PeerAuthentication for these Pods to STRICT, or deny all but some clients, such as with notPrincipals.",
  severity: "medium",
  missing: true,
  codes: [],

  // Istio: srcPrincipalGenerator in pilot/pkg/security/authz/model/generator.go matches the certificate of the client alone.
  *checkMesh(mesh) {
    for (const object of mesh.all("AuthorizationPolicy")) {
      if (object.spec.at("action").string() !== "DENY") continue;
      for (const rule of rulesOf(object)) {
        const places = identitiesIn(rule);
        if (places.length === 0 || !mayComeInPlainText(mesh, object, portsIn(rule))) continue;
        for (const { path } of places) {
          yield { object, path, message: "require mutual TLS of these Pods, or name the clients that are not denied" };
        }
      }
    }
  },
};

/** Where a rule names clients that it is for. */
function identitiesIn(rule: Field): Field[] {
  const sources = rule
    .at("from")
    .items()
    .map((from) => from.at("source"));
  const lists = sources.flatMap((source) => IDENTITIES.map((name) => source.at(name)));
  const conditions = rule
    .at("when")
    .items()
    .filter((condition) => IDENTITY_KEYS.has(condition.at("key").string()));
  return [...lists, ...conditions.map((condition) => condition.at("values"))].filter((list) => list.items().length > 0);
}

/** The ports that a rule is for, as far as they are known; nothing for all of them. */
function portsIn(rule: Field): ReadonlySet<number> | undefined {
  const to = rule.at("to");
  const lists = to.items().map((item) => item.at("operation", "ports"));
  const isForAll = (list: Field) => !list.isUnknown() && list.items().length === 0;
  if (!to.isUnknown() && (lists.length === 0 || lists.some(isForAll))) return undefined;
  return new Set(lists.flatMap((list) => list.strings()).map(Number));
}

/** Whether pods of a policy certainly take plain text, at one of the ports if there are some. */
function mayComeInPlainText(mesh: Mesh, policy: MeshObject, ports: ReadonlySet<number> | undefined): boolean {
  return mesh
    .derive(readPermissive)
    .some(({ workload, port }) => (ports?.has(port) ?? true) && isForSidecarsOf(mesh, policy, workload) === true);
}

interface Opening {
  readonly workload: Workload;
  readonly port: number;
}

/** The ports, behind Services, at which pods take plain text as well as mutual TLS. */
function readPermissive(mesh: Mesh): readonly Opening[] {
  const workloads = mesh.derive(readWorkloads);
  return mesh.derive(readKubernetesServices).flatMap(({ namespace, spec }) => {
    const selector = spec.at("selector").stringMap();
    if (namespace === undefined || selector === undefined || selector.size === 0) return [];
    const pods = workloads.selectedBy(selector, namespace);
    const ports = spec
      .at("ports")
      .items()
      .flatMap((port) => targetOf(port, pods) ?? []);
    return pods.flatMap((workload) =>
      ports
        .filter((port) => isBehindSidecar(mesh, workload, port) && acceptedAt(mesh, workload, port) === "PERMISSIVE")
        .map((port) => ({ workload, port })),
    );
  });
}
