import { hasItems, lacksText, places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

const PROTOCOLS = new Set(["http", "tls", "grpc", "http2"]);

export const serviceEntryDynamicDns = rejected({
  id: "service-entry-dynamic-dns",
  title: "A ServiceEntry with resolution DYNAMIC_DNS has wildcard hosts, and no addresses or endpoints.",
  remediation:
    "Use wildcard hosts, HTTP, HTTP2, GRPC or TLS ports, location MESH_EXTERNAL at a waypoint, and no addresses or endpoints, or use resolution DNS.",
  kinds: ["ServiceEntry"],

  *check({ spec, labels }) {
    if (spec.at("resolution").string() !== "DYNAMIC_DNS") return;
    for (const host of spec.at("hosts").items()) {
      const text = host.string();
      if (text !== undefined && !text.startsWith("*"))
        yield at(host, "use a wildcard such as *.example.com, or resolution DNS");
    }
    for (const name of ["addresses", "endpoints"]) {
      if (hasItems(spec.at(name)))
        yield at(spec.at(name), "remove this field: each host is resolved when a client requests it");
    }
    for (const port of places(spec, "ports[]")) {
      const protocol = port.at("protocol");
      if (!protocol.isUnknown() && !PROTOCOLS.has((protocol.string() ?? "").toLowerCase())) {
        yield at(protocol, "use HTTP, HTTP2, GRPC or TLS, in which the client sends the host name");
      }
    }
    const location = spec.at("location");
    const waypoint = labels.at("istio.io/use-waypoint");
    const usesWaypoint = !lacksText(waypoint) && !waypoint.isUnknown() && waypoint.string()?.toLowerCase() !== "none";
    if (location.string() === "MESH_INTERNAL" && usesWaypoint) {
      yield at(location, "use MESH_EXTERNAL, or detach the host from the waypoint");
    }
  },
});
