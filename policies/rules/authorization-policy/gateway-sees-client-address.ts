import { meshConfig, meshConfigObject } from "../../model/meshConfig.ts";
import type { Field } from "../../model/field.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { rootNamespace } from "../../model/namespaces.ts";
import { selectorOf } from "../../model/policyTargets.ts";
import { readWorkloads, takes } from "../../model/workloads.ts";
import type { MeshRule } from "../../engine/rule.ts";
import { readFronts, type Front } from "../gateway/lib/fronts.ts";
import { ANY_ADDRESS, internetAddressesOf } from "./lib/addressConditions.ts";

export const gatewaySeesClientAddress: MeshRule = {
  id: "gateway-sees-client-address",
  title: "A gateway whose policies match addresses of clients gets these addresses from its load balancer.",
  rationale:
    "By default nodes or the load balancer send with an address of their own, so the policy matches nobody, or with notIpBlocks everybody.",
  remediation:
    "Set externalTrafficPolicy to Local in the gateway's Service, or use the PROXY protocol in the load balancer and in gatewayTopology.",
  severity: "medium",
  codes: [],

  *checkMesh(mesh) {
    for (const object of mesh.all("AuthorizationPolicy")) {
      const places = internetAddressesOf(object, ANY_ADDRESS);
      if (places.length === 0) continue;
      const fronts = mesh.derive(readGatewayFronts).filter((front) => coversFront(mesh, object, front));
      if (!fronts.some((front) => hidesClients(mesh, front))) continue;
      // What the proxies are told may stand in the mesh config, wherever that is.
      const missing = mesh.options.config === undefined && meshConfigObject(mesh) === undefined;
      for (const { path } of places) {
        yield {
          object,
          path,
          missing,
          message: "let the gateway's load balancer and nodes keep the clients' addresses",
        };
      }
    }
  },
};

/** The load balancers in front of gateways. */
function readGatewayFronts(mesh: Mesh): readonly Front[] {
  const selectors = mesh.all("Gateway").map(({ spec }) => spec.at("selector").stringMap());
  return mesh.derive(readFronts).filter(({ object, labels, type }) => {
    const isRelease = object.kind === "Release";
    if (type.isUnknown() || (type.string() ?? (isRelease ? "LoadBalancer" : "ClusterIP")) !== "LoadBalancer")
      return false;
    return isRelease || selectors.some((selector) => selector && selector.size > 0 && takes(selector, labels));
  });
}

/** Whether a policy is certainly for all pods behind a load balancer. */
function coversFront(mesh: Mesh, policy: MeshObject, { object, labels }: Front): boolean {
  const selector = selectorOf(policy);
  const isHere = policy.namespace === object.namespace || policy.namespace === rootNamespace(mesh);
  return policy.namespace !== undefined && isHere && selector !== undefined && takes(selector, labels);
}

/** Whether nothing tells the gateway of the clients' addresses, and nothing may do so unseen. */
function hidesClients(mesh: Mesh, front: Front): boolean {
  const { object, annotations, trafficPolicy } = front;
  const { namespace } = object;
  if (trafficPolicy.isUnknown() || trafficPolicy.string() === "Local" || keepsClients(annotations)) return false;
  if (!meshConfig(mesh).at("defaultConfig", "gatewayTopology").isAbsent()) return false;
  const isNear = ({ namespace: place }: MeshObject) => [namespace, rootNamespace(mesh), undefined].includes(place);
  if (mesh.all("EnvoyFilter").some(isNear)) return false;
  const places = annotationsOfPods(mesh, front);
  return places.length > 0 && places.every((place) => place.at("proxy.istio.io/config").isAbsent());
}

/** Whether a load balancer tells of clients, or may do so: by the PROXY protocol, or since AWS leaves their addresses. */
function keepsClients(annotations: Field): boolean {
  return (
    annotations.isUnknown() ||
    annotations.entries().some(([name, value]) => {
      if (name.includes("proxy-protocol")) return true;
      const isOfTargets = name.endsWith("target-group-attributes");
      return isOfTargets && (value.isUnknown() || value.string()?.includes("preserve_client_ip.enabled=true") === true);
    })
  );
}

function annotationsOfPods(mesh: Mesh, { object, labels }: Front): Field[] {
  if (object.kind === "Release") return [object.root.at("values", "podAnnotations")];
  const pods = labels === undefined ? [] : mesh.derive(readWorkloads).selectedBy(labels, object.namespace);
  return pods.map(({ template }) => template.at("metadata", "annotations"));
}
