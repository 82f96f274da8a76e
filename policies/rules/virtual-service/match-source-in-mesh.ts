import type { Field } from "../../model/field.ts";
import { boundTo, isForSidecars, podsServing } from "../../model/gatewayBindings.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { takes } from "../../model/workloads.ts";
import { hasText } from "../../values/reading.ts";
import type { FindingInMesh, MeshRule } from "../../engine/rule.ts";

export const matchSourceInMesh: MeshRule = {
  id: "match-source-in-mesh",
  title: "A route at a gateway does not match the labels or namespace of the client's Pod.",
  rationale:
    "A gateway compares them with its own Pod, so such an HTTP route never matches there, and a tcp or tls route matches all clients.",
  remediation:
    "Match an attribute of the request, such as a header or its path, or bind these routes to the sidecars with the gateway mesh.",
  severity: "high",
  codes: [],

  // Istio: sourceMatchHTTP in pilot/pkg/networking/core/route/route.go, l4SingleMatch in pilot/pkg/networking/core/gateway.go.
  *checkMesh(mesh) {
    for (const object of mesh.all("VirtualService")) {
      for (const route of object.spec.at("http").items()) {
        for (const match of route.at("match").items()) yield* inHttp(mesh, object, match);
      }
      if (isForSidecars(object) !== false) continue;
      for (const route of ["tls", "tcp"].flatMap((kind) => object.spec.at(kind).items())) {
        for (const match of route.at("match").items()) {
          for (const { path } of sourcesOf(match)) {
            const message = "remove this field: a gateway ignores it in routes of this kind, and accepts all clients";
            yield { object, path, message, severity: "medium" };
          }
        }
      }
    }
  },
};

function* inHttp(mesh: Mesh, object: MeshObject, match: Field): Iterable<FindingInMesh> {
  const gateways = match.at("gateways");
  if (gateways.items().length > 0) {
    for (const { path } of sourcesOf(match)) {
      const message = "use a separate match for it: next to gateways it is ignored, and the match accepts all clients";
      yield { object, path, message, severity: "medium" };
    }
    return;
  }
  if (gateways.isUnknown() || isForSidecars(object) !== false) return;
  for (const place of sourcesOf(match)) {
    const judged = boundTo(mesh, object, object.spec.at("gateways")).map(({ gateway }) => isMet(mesh, gateway, match));
    const isTold = judged.length === object.spec.at("gateways").items().length;
    if (judged.length === 0 || judged.some((verdict) => verdict === "yes" || verdict === "unknown")) return;
    const missing = !isTold || judged.includes("not declared");
    if (missing && mesh.options.open === true) return;
    const message =
      "match an attribute of the request, such as a header: the gateway compares this with its own Pod, not the client's";
    yield { object, path: place.path, message, missing };
  }
}

/** Where a match asks who the client is. */
function sourcesOf(match: Field): Field[] {
  const labels = match.at("sourceLabels");
  const namespace = match.at("sourceNamespace");
  return [...(labels.keys().length > 0 ? [labels] : []), ...(hasText(namespace) ? [namespace] : [])];
}

/** Whether pods of a gateway are what a match asks for. */
function isMet(mesh: Mesh, gateway: MeshObject, match: Field): "yes" | "no" | "unknown" | "not declared" {
  const labels = match.at("sourceLabels").stringMap();
  const place = match.at("sourceNamespace");
  const pods = podsServing(mesh, gateway);
  const selector = gateway.spec.at("selector").stringMap();
  if (labels === undefined || place.isUnknown() || pods === undefined || selector === undefined) return "unknown";
  if ([...labels].some(([name, value]) => (selector.get(name) ?? value) !== value)) return "no";
  const namespace = place.string() ?? "";
  if (pods.some((one) => takes(labels, one.labels) && (namespace === "" || namespace === one.namespace))) return "yes";
  return pods.length > 0 ? "no" : "not declared";
}
