import type { Field } from "../../../model/field.ts";
import type { Mesh, MeshObject } from "../../../model/mesh.ts";
import { readReleases } from "../../../model/releases.ts";
import { podTemplateOf } from "../../../model/podTemplates.ts";

/** A Service in front of the pods of gateways, a declared one or that of a Helm release. */
export interface Front {
  readonly object: MeshObject;
  /** Labels by which Gateways find the pods; nothing if they are not known. */
  readonly labels: ReadonlyMap<string, string> | undefined;
  readonly type: Field;
  readonly annotations: Field;
  readonly ports: Field;
  /** Whether nodes pass on to others what they get, under an address of their own. */
  readonly trafficPolicy: Field;
}

export function readFronts(mesh: Mesh): readonly Front[] {
  const services = mesh.all("Service").map((object): Front => ({
    object,
    labels: object.spec.at("selector").stringMap(),
    type: object.spec.at("type"),
    annotations: object.annotations,
    ports: object.spec.at("ports"),
    trafficPolicy: object.spec.at("externalTrafficPolicy"),
  }));
  const releases = mesh.derive(readReleases).flatMap(({ release, values, chart, objects }): Front[] => {
    const pods = objects.find(({ kind }) => kind === "Deployment");
    if (chart !== "gateway" || pods === undefined) return [];
    const service = values.at("service");
    const labels = podTemplateOf(pods).at("metadata", "labels").stringMap();
    return [{ object: release, labels, ...fieldsOf(service) }];
  });
  return [...services, ...releases];
}

const fieldsOf = (service: Field) => ({
  type: service.at("type"),
  annotations: service.at("annotations"),
  ports: service.at("ports"),
  trafficPolicy: service.at("externalTrafficPolicy"),
});

/** Whether TLS ends at the load balancer, on all its ways to a port of the pods. */
export function endsTls({ annotations, ports }: Front, target: number): boolean {
  const listeners = ports
    .items()
    .filter((port) => (port.at("targetPort").number() ?? port.at("port").number()) === target);
  const certificate = annotations.at("service.beta.kubernetes.io/aws-load-balancer-ssl-cert");
  if (certificate.isAbsent() || listeners.length === 0) return false;
  const listed = annotations.at("service.beta.kubernetes.io/aws-load-balancer-ssl-ports").string() ?? "*";
  const secured = new Set(listed.split(",").map((port) => port.trim()));
  return listeners.every(
    (port) =>
      secured.has("*") || secured.has(String(port.at("port").number())) || secured.has(port.at("name").string() ?? ""),
  );
}
