import type { MeshObject } from "../../model/mesh.ts";
import { lacksItems, places } from "../../values/reading.ts";
import { isTcp } from "../../values/protocols.ts";
import { at, warned } from "../../values/verdicts.ts";

export const serviceEntryAddressesTold = warned({
  id: "service-entry-addresses-told",
  title: "A ServiceEntry of TCP has addresses of its own, one host for them, or lets Istio allocate one.",
  rationale: "Connections without a host's name in them are told apart by their address alone.",
  remediation:
    "Add the host's addresses, or resolve it as DNS or STATIC, and write a ServiceEntry of its own for each host with addresses.",
  kinds: ["ServiceEntry"],

  *check(object) {
    const { spec } = object;
    const addresses = spec.at("addresses");
    const resolution = spec.at("resolution").string() ?? "NONE";
    const ports = places(spec, "ports[]").map((port) => port.at("protocol"));
    if (lacksItems(addresses) && allocatesNone(object, resolution)) {
      for (const protocol of ports) {
        if (protocol.isAbsent() || ["", "TCP"].includes(protocol.string() ?? "HTTP")) {
          yield at(addresses, "add the addresses of the host, since Istio allocates none for it");
        }
      }
    }
    const hosts = spec.at("hosts").items();
    if (addresses.items().length > 0 && hosts.length > 1 && ["DNS", "DNS_ROUND_ROBIN"].includes(resolution)) {
      if (ports.some((protocol) => isTcp(protocol.string() ?? ""))) {
        yield at(spec.at("hosts"), "name one host only, and make a ServiceEntry of the others");
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
