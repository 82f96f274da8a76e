import type { MeshObject } from "../../model/mesh.ts";
import { lacksItems, places } from "../../values/reading.ts";
import { isTcp } from "../../values/protocols.ts";
import { at, warned } from "../../values/verdicts.ts";

export const serviceEntryAddressesTold = warned({
  id: "service-entry-addresses-told",
  title: "A TCP ServiceEntry has its own addresses for a single host, or lets Istio allocate one.",
  rationale: "Connections that carry no host name are distinguished only by their address.",
  remediation:
    "Add the host's addresses, or use resolution DNS or STATIC, and create a separate ServiceEntry for each host with addresses.",
  kinds: ["ServiceEntry"],

  *check(object) {
    const { spec } = object;
    const addresses = spec.at("addresses");
    const resolution = spec.at("resolution").string() ?? "NONE";
    const ports = places(spec, "ports[]").map((port) => port.at("protocol"));
    if (lacksItems(addresses) && allocatesNone(object, resolution)) {
      for (const protocol of ports) {
        if (protocol.isAbsent() || ["", "TCP"].includes(protocol.string() ?? "HTTP")) {
          yield at(addresses, "add the addresses of the host: Istio allocates none for it");
        }
      }
    }
    const hosts = spec.at("hosts").items();
    if (addresses.items().length > 0 && hosts.length > 1 && ["DNS", "DNS_ROUND_ROBIN"].includes(resolution)) {
      if (ports.some((protocol) => isTcp(protocol.string() ?? ""))) {
        yield at(spec.at("hosts"), "keep only one host, and create a ServiceEntry for each of the others");
      }
    }
  },
});

/** Whether Istio certainly gives the hosts no address that stands for them in the mesh. */
function allocatesNone({ spec, labels }: MeshObject, resolution: string): boolean {
  if (spec.at("resolution").isUnknown()) return false;
  return (
    resolution === "NONE" || labels.at("networking.istio.io/enable-autoallocate-ip").string()?.toLowerCase() === "false"
  );
}
