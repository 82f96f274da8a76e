import { groupedBy } from "../../model/groups.ts";
import type { Mesh, MeshObject } from "../../model/mesh.ts";
import { readKubernetesServices } from "../../model/services.ts";
import { readWorkloads, takes, type Selector, type Workload } from "../../model/workloads.ts";
import type { Finding, MeshRule } from "../../engine/rule.ts";
import { mayBeManaged } from "../../model/istioctl/controlPlane.ts";
import { haveSidecar } from "../../model/istioctl/injection.ts";

interface Port {
  readonly number: number;
  readonly protocol: string;
  readonly target: string;
}

export const servicesOfDeploymentAgree: MeshRule = {
  id: "services-of-deployment-agree",
  title:
    "The Services of a Deployment use the same protocol for each port, and map one port number to each port of its Pods.",
  rationale:
    "The sidecar has one listener per Pod port, so it handles all traffic there as only one of the Services declares.",
  remediation:
    "Use one protocol, TCP or UDP, for each port in all Services of the Deployment, and map the same port to each targetPort.",
  severity: "medium",
  codes: ["IST0116", "IST0137"],
  sources: ["istio/pkg/config/analysis/analyzers/deployment/services.go"],

  *checkMesh(mesh) {
    for (const workload of mesh.derive(readWorkloads).all) {
      const { object } = workload;
      if (object.kind !== "Deployment" || object.urn === "") continue;
      if (mayBeManaged(object, ["istio.io-mesh-controller"]) || haveSidecar(mesh, workload) !== true) continue;
      for (const finding of disagreements(mesh, workload)) yield { ...finding, object };
    }
  },
};

function* disagreements(mesh: Mesh, workload: Workload): Iterable<Finding> {
  const ports = servicesOf(mesh, workload).flatMap(portsOf);
  const { path } = workload.template.at("metadata", "labels");
  const differ = (key: (port: Port) => unknown, value: (port: Port) => unknown) =>
    [...groupedBy(ports, key).values()].some((some) => new Set(some.map(value)).size > 1);
  if (
    differ(
      ({ number }) => number,
      ({ protocol }) => protocol,
    )
  ) {
    yield {
      code: "IST0116",
      path,
      message: "use one protocol, TCP or UDP, for each port in the Services of these Pods",
    };
  }
  if (
    differ(
      ({ target }) => target,
      ({ number }) => number,
    )
  ) {
    yield { code: "IST0137", path, message: "map one port to each targetPort in the Services of these Pods" };
  }
}

function portsOf({ spec }: MeshObject): Port[] {
  return spec
    .at("ports")
    .items()
    .flatMap((place) => {
      const number = place.at("port").number();
      const target = place.at("targetPort");
      const protocol = place.at("protocol");
      if (number === undefined || target.isUnknown() || protocol.isUnknown()) return [];
      const written = String(target.number() ?? target.string() ?? "");
      return [
        {
          number,
          protocol: protocol.string() ?? "TCP",
          target: written === "" || written === "0" ? String(number) : written,
        },
      ];
    });
}

function servicesOf(mesh: Mesh, { namespace, labels }: Workload): MeshObject[] {
  if (labels === undefined) return [];
  const services = mesh.derive(servicesByLabel);
  return [...labels].flatMap(([name, value]) =>
    (services.get(`${namespace ?? ""}/${name}=${value}`) ?? []).flatMap(({ selector, object }) =>
      takes(selector, labels) ? [object] : [],
    ),
  );
}

/** The Services that select pods, by their namespace and the first label that they want. */
function servicesByLabel(mesh: Mesh): ReadonlyMap<string, { object: MeshObject; selector: Selector }[]> {
  const selecting = mesh.derive(readKubernetesServices).flatMap((object) => {
    const selector = object.spec.at("selector").stringMap();
    return selector === undefined || selector.size === 0 ? [] : [{ object, selector }];
  });
  return groupedBy(selecting, ({ object, selector }) => {
    const [label] = selector;
    return `${object.namespace ?? ""}/${label?.join("=") ?? ""}`;
  });
}
