// The mesh as the simulator of istio/routing reads it: plain data, in which what is not known yet is marked.
import type { Field } from "./field.ts";
import { rootNamespace } from "./namespaces.ts";
import type { Mesh, MeshObject } from "./mesh.ts";
import { meshConfig } from "./meshConfig.ts";
import { isBehindSidecar } from "./peerModes.ts";
import { everyContainerOf, targetOf } from "./podPorts.ts";
import { protocolOfPort } from "./portProtocols.ts";
import { readKubernetesServices } from "./services.ts";
import { scopesOf, scopesOfService, type Scopes } from "./visibility.ts";
import { readWorkloads, type Selector, type Workload as Pods } from "./workloads.ts";
import { isHttp, isKnownProtocol } from "../values/protocols.ts";
import { UNKNOWN } from "./field.ts";
import { qualified, fqdnOf } from "../../istio/hosts.ts";
import type { IstioSpecs } from "../../istio/generated/specs.ts";
import type { Backend, Declared, Service, ServicePort, Workload, World } from "../../istio/routing/world.ts";

/** What the simulator needs of a mesh. */
export function readWorld(mesh: Mesh): World {
  const config = meshConfig(mesh);
  const workloads = readPods(mesh);
  const texts = (name: string) =>
    config
      .at(name)
      .items()
      .flatMap((item) => item.string() ?? []);
  const outbound = config.at("outboundTrafficPolicy", "mode").string();
  return {
    mesh: {
      rootNamespace: rootNamespace(mesh),
      trustDomain: config.at("trustDomain").string() ?? "cluster.local",
      outbound: outbound === "REGISTRY_ONLY" ? "REGISTRY_ONLY" : "ALLOW_ANY",
      defaultScopes: {
        virtualService: texts("defaultVirtualServiceExportTo"),
        destinationRule: texts("defaultDestinationRuleExportTo"),
      },
    },
    workloads: [...workloads.values()],
    services: [
      ...mesh.derive(readKubernetesServices).flatMap((object) => kubernetesService(mesh, object, workloads) ?? []),
      ...mesh.all("ServiceEntry").flatMap((object) => hostsOfEntry(mesh, object, workloads)),
    ],
    virtualServices: declared(mesh, "VirtualService"),
    destinationRules: declared(mesh, "DestinationRule"),
    gateways: declared(mesh, "Gateway"),
    sidecars: declared(mesh, "Sidecar"),
    peerAuthentications: declared(mesh, "PeerAuthentication"),
    authorizationPolicies: declared(mesh, "AuthorizationPolicy").filter(({ isTriedOut }) => !isTriedOut),
  };
}

type PodsByObject = ReadonlyMap<MeshObject, Workload>;

function readPods(mesh: Mesh): PodsByObject {
  const pods = mesh.derive(readWorkloads).all.flatMap((workload) => {
    const { object, namespace, labels, template } = workload;
    if (namespace === undefined || labels === undefined) return [];
    const account = template.at("spec", "serviceAccountName").string() ?? "";
    const plain: Workload = {
      kind: object.kind,
      namespace,
      name: object.id ?? object.name,
      labels: Object.fromEntries(labels),
      serviceAccount: account === "" ? "default" : account,
      isInMesh: isBehindSidecar(mesh, workload, NO_PORT),
      isGateway: everyContainerOf(workload).some((container) => container.at("name").string() === "istio-proxy"),
      replicas: object.spec.at("replicas").number(),
    };
    return [[object, plain] as const];
  });
  return new Map(pods);
}

/** Which pods have a proxy is asked without regard to ports that are kept from it. */
const NO_PORT = -1;

type Specs = Pick<
  IstioSpecs,
  "VirtualService" | "DestinationRule" | "Gateway" | "Sidecar" | "PeerAuthentication" | "AuthorizationPolicy"
>;

function declared<Kind extends keyof Specs>(
  mesh: Mesh,
  kind: Kind,
): (Declared<Specs[Kind]> & { readonly isTriedOut: boolean })[] {
  return mesh.all(kind).flatMap((object) => {
    const { namespace, id, spec, annotations } = object;
    if (namespace === undefined || id === undefined) return [];
    return [
      {
        kind,
        namespace,
        name: id,
        spec: (spec.known() ?? {}) as Specs[Kind],
        created: createdOf(object),
        isOpen: spec.isPresent() ? spec.data() === undefined : spec.isUnknown(),
        isTriedOut: annotations.at("istio.io/dry-run").string() === "true",
      },
    ];
  });
}

function createdOf({ metadata }: MeshObject): number | undefined {
  const text = metadata.at("creationTimestamp").string();
  return text === undefined ? undefined : Date.parse(text);
}

function kubernetesService(mesh: Mesh, object: MeshObject, pods: PodsByObject): Service | undefined {
  const { id, namespace, spec } = object;
  if (id === undefined || namespace === undefined) return undefined;
  const selector = spec.at("selector").stringMap();
  const selected = selectedBy(mesh, selector, namespace);
  const addresses = ["clusterIP", ...spec.at("clusterIPs").items()].map((place) =>
    typeof place === "string" ? spec.at(place).string() : place.string(),
  );
  const real = addresses.filter((address) => address !== undefined && address !== "" && address !== "None");
  return {
    kind: "Service",
    namespace,
    name: id,
    hostname: fqdnOf({ name: id, namespace }),
    isKubernetes: true,
    isHeadless: spec.at("clusterIP").string() === "None",
    addresses: [...new Set(real as string[])],
    ports: spec
      .at("ports")
      .items()
      .flatMap((port) => servicePort(port, "port", targetOf(port, selected ?? []), protocolOfPort(port))),
    scopes: known(scopesOfService(object, namespace), mesh, namespace),
    backends: selected && backendsOf(selected, pods),
    created: createdOf(object),
  };
}

/** Undefined where it is not known which pods there are. */
function selectedBy(mesh: Mesh, selector: Selector | undefined, namespace: string): readonly Pods[] | undefined {
  if (selector === undefined || selector.size === 0) return undefined;
  const workloads = mesh.derive(readWorkloads);
  const selected = workloads.selectedBy(selector, namespace);
  return selected.length === 0 && workloads.mayHide(namespace) ? undefined : selected;
}

function backendsOf(selected: readonly Pods[], pods: PodsByObject): readonly Backend[] {
  return selected.flatMap(({ object, labels }) => {
    const workload = pods.get(object);
    return labels === undefined ? [] : [{ labels: Object.fromEntries(labels), ...(workload && { workload }) }];
  });
}

function hostsOfEntry(mesh: Mesh, object: MeshObject, pods: PodsByObject): Service[] {
  const { id, namespace, spec } = object;
  if (id === undefined || namespace === undefined) return [];
  const selector = spec.at("workloadSelector", "labels");
  const endpoints = spec.at("endpoints").items();
  const selected = selector.isAbsent() ? undefined : selectedBy(mesh, selector.stringMap(), namespace);
  const outside: readonly Backend[] =
    endpoints.length === 0
      ? [{ labels: {} }]
      : endpoints.map((endpoint) => ({ labels: Object.fromEntries(endpoint.at("labels").stringMap() ?? []) }));
  return spec
    .at("hosts")
    .items()
    .flatMap((item) => {
      const host = item.string();
      if (host === undefined) return [];
      return [
        {
          kind: "ServiceEntry",
          namespace,
          name: id,
          hostname: qualified(host, namespace),
          isKubernetes: false,
          isHeadless: false,
          addresses: spec
            .at("addresses")
            .items()
            .flatMap((address) => address.string() ?? []),
          ports: spec
            .at("ports")
            .items()
            .flatMap((port) => {
              const target = port.at("targetPort").number() ?? port.at("number").number();
              return servicePort(port, "number", target, port.at("protocol").string());
            }),
          scopes: known(scopesOf(spec.at("exportTo"), namespace), mesh, namespace),
          backends: selector.isAbsent() ? outside : selected && backendsOf(selected, pods),
          created: createdOf(object),
        },
      ];
    });
}

function servicePort(port: Field, field: string, target: number | undefined, protocol = ""): ServicePort[] {
  const number = port.at(field).number();
  if (number === undefined) return [];
  const kind = isHttp(protocol) ? "http" : isKnownProtocol(protocol) ? "tcp" : "auto";
  return [{ number, targetPort: target, protocol: kind }];
}

/** Who sees a service; one that does not say so is seen as the mesh config has it. */
function known(scopes: Scopes | typeof UNKNOWN, mesh: Mesh, namespace: string): Scopes {
  if (scopes === UNKNOWN) return new Set();
  if (!scopes.has("*")) return scopes;
  const standard = scopesOf(meshConfig(mesh).at("defaultServiceExportTo"), namespace);
  return standard === UNKNOWN ? scopes : standard;
}
