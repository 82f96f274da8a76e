import { meshConfig } from "../../model/meshConfig.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const serviceEntryHasAddresses: MeshRule = {
  id: "service-entry-has-addresses",
  title: "A ServiceEntry with a TCP port sets its addresses.",
  rationale:
    "A proxy identifies the destination of TCP traffic only by its address, unless Istio allocates addresses automatically.",
  remediation: "Add spec.addresses, or set the port's protocol to the one it speaks, such as HTTP, TLS or MONGO.",
  // Stale since Istio gives out addresses by default, so no more than an advice.
  severity: "medium",
  codes: ["IST0134"],
  sources: ["istio/pkg/config/analysis/analyzers/serviceentry/protocoladdresses.go"],

  *checkMesh(mesh) {
    if (mayGiveAddresses(mesh)) return;
    for (const object of mesh.all("ServiceEntry")) {
      const { root, spec } = object;
      const addresses = spec.at("addresses");
      const given = [addresses, root.at("status", "addresses")];
      if (given.some((list) => list.isUnknown() || list.items().length > 0)) continue;
      for (const port of spec.at("ports").items()) {
        const protocol = port.at("protocol");
        if (protocol.isUnknown() || !["", "TCP"].includes(protocol.string()?.toUpperCase() ?? "")) continue;
        yield { object, path: addresses.path, message: "add the addresses of the host, or set the port's protocol" };
        break;
      }
    }
  },
};

/** Whether the mesh config has Istio give out addresses, as far as that is known. */
function mayGiveAddresses(mesh: Mesh): boolean {
  const metadata = meshConfig(mesh).at("defaultConfig", "proxyMetadata");
  const isOn = (name: string) => metadata.at(name).isUnknown() || metadata.at(name).string() === "true";
  return (
    isOn("ISTIO_META_DNS_CAPTURE") && (isOn("ISTIO_META_DNS_AUTO_ALLOCATE") || isOn("PILOT_ENABLE_IP_AUTOALLOCATE"))
  );
}
