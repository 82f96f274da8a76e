import { chartName } from "../../model/releases.ts";
import type { Field } from "../../model/field.ts";
import type { MeshObject } from "../../model/mesh.ts";
import type { ObjectRule } from "../../engine/rule.ts";
import { isListed, texts, textsOf } from "../../engine/settings.ts";

/** Annotations by which clouds keep a load balancer inside, with the value that does. */
const INSIDE: readonly (readonly [annotation: string, value: RegExp])[] = [
  ["service.beta.kubernetes.io/aws-load-balancer-scheme", /^internal$/],
  ["service.beta.kubernetes.io/aws-load-balancer-internal", /^(true|0\.0\.0\.0\/0)$/],
  ["service.beta.kubernetes.io/azure-load-balancer-internal", /^true$/],
  ["networking.gke.io/load-balancer-type", /^Internal$/i],
];

/** Controller of load balancers that stay inside unless they are told otherwise. */
const INSIDE_BY_DEFAULT = /^(external|nlb-ip)$/;

export const loadBalancerOptedIn: ObjectRule = {
  id: "load-balancer-opted-in",
  title: "Only load balancers that the environment lists are reachable from the internet.",
  rationale: "One line in a Service, or the default of a chart, is enough to expose an internal service.",
  remediation: "Make the load balancer internal with annotations, or list the object in the setting internetFacing.",
  severity: "high",
  environment: true,
  codes: [],
  settings: {
    internetFacing: texts(
      "Objects that may be reachable from the internet, as <namespace>/<name>; `*` matches any characters.",
    ),
  },
  kinds: ["Service", "Ingress", "Release"],

  *check(object, settings) {
    const place = publicPlace(object);
    if (place === undefined) return;
    const listed = textsOf(settings, "internetFacing");
    const { namespace, id } = object;
    if (namespace === undefined || id === undefined || isListed(`${namespace}/${id}`, listed)) return;
    yield {
      path: place.path,
      message: "make the load balancer internal, or list this object in the setting internetFacing",
    };
  },
};

/** The place that lets the internet in, if there is one. */
function publicPlace(object: MeshObject): Field | undefined {
  switch (object.kind) {
    case "Ingress":
      return publicIngress(object.annotations);
    case "Service":
      return publicService(object.spec.at("type"), object.annotations, "ClusterIP", object.spec);
    default: {
      const service = object.root.at("values", "service");
      const standard = chartName(object) === "gateway" ? "LoadBalancer" : "ClusterIP";
      return publicService(service.at("type"), service.at("annotations"), standard, service);
    }
  }
}

function publicIngress(annotations: Field): Field | undefined {
  const scheme = annotations.at("alb.ingress.kubernetes.io/scheme");
  return scheme.string() === "internet-facing" ? scheme : undefined;
}

function publicService(type: Field, annotations: Field, standard: string, spec: Field): Field | undefined {
  if (type.isUnknown()) return undefined;
  if ((type.string() ?? standard) !== "LoadBalancer" || annotations.isUnknown()) return undefined;
  if (INSIDE.some(([name, value]) => isSo(annotations.at(name), value))) return undefined;
  const scheme = annotations.at("service.beta.kubernetes.io/aws-load-balancer-scheme");
  const controller = annotations.at("service.beta.kubernetes.io/aws-load-balancer-type");
  const isOfController =
    isSo(controller, INSIDE_BY_DEFAULT) || isSo(spec.at("loadBalancerClass"), /^service\.k8s\.aws\//);
  return isOfController && scheme.isAbsent() ? undefined : type;
}

function isSo(field: Field, value: RegExp): boolean {
  if (field.boolean() === true) return value.test("true");
  return field.isUnknown() || value.test(field.string() ?? "");
}
