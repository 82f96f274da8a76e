import type { Field } from "../field";
import { qualified } from "../hosts";
import type { MeshObject } from "../mesh";
import type { MeshRule } from "../rule";

export const routedSubsetExists: MeshRule = {
  id: "routed-subset-exists",
  requires: "A route names only subsets that a DestinationRule of its host defines.",
  because: "Envoy answers 503 to every request on a route to a subset that it does not know.",
  severity: "critical",
  covers: ["IST0101", "KIA1107"],

  *checkMesh(mesh) {
    for (const object of mesh.all("VirtualService")) {
      for (const destination of destinationsOf(object)) {
        const subset = destination.at("subset");
        const name = subset.text();
        const host = destination.at("host").text();
        if (name === undefined || name === "" || host === undefined) continue;
        const { namespace } = object;
        if (namespace !== undefined && mesh.lacksSubset(qualified(host, namespace), name)) {
          yield {
            object,
            path: subset.path,
            message: "define this subset in the DestinationRule of the route's host, or route to one that is there",
          };
        }
      }
    }
  },
};

/** Every place in a VirtualService that sends requests, or copies of them, somewhere. */
function destinationsOf({ spec }: MeshObject): Field[] {
  const routed = ["http", "tcp", "tls"].flatMap((protocol) => spec.at(protocol).items());
  return [
    ...routed.flatMap((route) =>
      route
        .at("route")
        .items()
        .map((share) => share.at("destination")),
    ),
    ...spec
      .at("http")
      .items()
      .flatMap((route) => [
        route.at("mirror"),
        ...route
          .at("mirrors")
          .items()
          .map((mirror) => mirror.at("destination")),
      ]),
  ];
}
