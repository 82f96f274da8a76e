import { isOpenNamespace, rootNamespace } from "../../model/namespaces.ts";
import type { Field } from "../../model/field.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { readKubernetesServices } from "../../model/services.ts";
import type { Finding, MeshRule } from "../../engine/rule.ts";
import { at } from "../../values/verdicts.ts";

/** Kinds whose objects Istio attaches to what they name. */
const ISTIO = [
  "AuthorizationPolicy",
  "EnvoyFilter",
  "RequestAuthentication",
  "Telemetry",
  "TrafficExtension",
  "WasmPlugin",
] as const;

export const policyTargetExists: MeshRule = {
  id: "policy-target-exists",
  title: "A policy with targetRefs names what is there, in its own namespace.",
  rationale: "A policy without its target has no effect: what it should deny is allowed.",
  remediation:
    "Name a Service, a ServiceEntry or a Gateway of the policy's namespace, or in the root namespace the GatewayClass istio-waypoint.",
  severity: "high",
  codes: [],

  // Istio: ShouldAttachPolicy in pilot/pkg/model/policyattachment.go, and backend_policies.go in pilot/pkg/config/kube/gateway.
  *checkMesh(mesh) {
    for (const object of mesh.all(...ISTIO, "BackendTLSPolicy")) {
      const { namespace, spec } = object;
      if (namespace === undefined) continue;
      const several = spec.at("targetRefs");
      const refs = several.items().length > 0 || several.isUnknown() ? several.items() : [spec.at("targetRef")];
      for (const ref of refs) {
        for (const finding of refFindings(mesh, object, ref, namespace)) yield { object, ...finding };
      }
    }
  },
};

function* refFindings(mesh: Mesh, { kind: policy }: MeshObject, ref: Field, namespace: string): Generator<Finding> {
  const [group, kind, name] = [ref.at("group"), ref.at("kind"), ref.at("name")];
  const written = name.string() ?? "";
  if (group.isUnknown() || kind.isUnknown() || written === "") return;
  const target = TARGETS[`${group.string() ?? ""}/${kind.string() ?? ""}`];
  if (policy === "BackendTLSPolicy" && target !== "Service" && target !== "ServiceEntry") {
    yield at(kind, "name a Service or a ServiceEntry, with its group: Istio attaches the policy to nothing else");
  } else if (target === "GatewayClass") {
    yield* classFindings(mesh, name, namespace);
  } else if (target !== undefined) {
    const targets = mesh.derive(readTargets).get(target);
    const found = targets?.byName.get(`${namespace}/${written}`);
    if (found !== undefined) yield* sectionFindings(found, ref.at("sectionName"));
    else if (targets?.isOpen === false && !isOpenNamespace(mesh, namespace)) {
      const message = `name a ${kind.string() ?? ""} that is in the policy's namespace`;
      yield { ...at(name, message), missing: true };
    }
  }
}

/** What a policy can be attached to, by group and kind. */
const TARGETS: Readonly<Record<string, Target | "GatewayClass">> = {
  "/Service": "Service",
  "core/Service": "Service",
  "networking.istio.io/ServiceEntry": "ServiceEntry",
  "gateway.networking.k8s.io/Gateway": "K8sGateway",
  "gateway.networking.k8s.io/GatewayClass": "GatewayClass",
};

type Target = "Service" | "ServiceEntry" | "K8sGateway";

function* classFindings(mesh: Mesh, name: Field, namespace: string): Generator<Finding> {
  if (name.string() !== "istio-waypoint") {
    yield at(name, "name the class istio-waypoint: a policy is attached to no other");
  } else if (namespace !== rootNamespace(mesh)) {
    yield at(name, "move the policy to the root namespace: for a class, Istio reads no other");
  }
}

/** A part of a Service is one of its ports, by name. */
function* sectionFindings({ spec }: MeshObject, section: Field): Generator<Finding> {
  const written = section.string() ?? "";
  const ports = spec.at("ports");
  if (written === "" || ports.isUnknown()) return;
  const names = ports.items().map((port) => port.at("name"));
  if (names.some((name) => name.isUnknown() || name.string() === written)) return;
  yield at(section, "write the name of one of the target's ports");
}

interface Targets {
  /** By `<namespace>/<name>`. */
  readonly byName: ReadonlyMap<string, MeshObject>;
  /** Whether one of them is not known by name yet. */
  readonly isOpen: boolean;
}

function readTargets(mesh: Mesh): ReadonlyMap<Target, Targets> {
  return new Map([
    ["Service", targetsAmong(mesh.derive(readKubernetesServices))],
    ["ServiceEntry", targetsAmong(mesh.all("ServiceEntry"))],
    ["K8sGateway", targetsAmong(mesh.all("K8sGateway"))],
  ]);
}

function targetsAmong(objects: readonly MeshObject[]): Targets {
  const named = objects.flatMap((object) => {
    const { id, namespace } = object;
    return id === undefined || namespace === undefined ? [] : [[`${namespace}/${id}`, object] as const];
  });
  return { byName: new Map(named), isOpen: named.length < objects.length };
}
