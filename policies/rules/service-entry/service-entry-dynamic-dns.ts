import { hasItems, lacksText, places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

const PROTOCOLS = new Set(["http", "tls", "grpc", "http2"]);

export const serviceEntryDynamicDns = rejected({
  id: "service-entry-dynamic-dns",
  title: "A ServiceEntry of resolution DYNAMIC_DNS has wildcard hosts and nothing that says where they are.",
  remediation:
    "Use wildcard hosts, ports of HTTP, HTTP2, GRPC or TLS, at a waypoint MESH_EXTERNAL, and no addresses or endpoints, or resolve as DNS.",
  kinds: ["ServiceEntry"],

  *check({ spec, labels }) {
    if (spec.at("resolution").string() !== "DYNAMIC_DNS") return;
    for (const host of spec.at("hosts").items()) {
      const text = host.string();
      if (text !== undefined && !text.startsWith("*"))
        yield at(host, "write a wildcard such as *.example.com, or resolve as DNS");
    }
    for (const name of ["addresses", "endpoints"]) {
      if (hasItems(spec.at(name)))
        yield at(spec.at(name), "take it out: each host is looked up when a client asks for it");
    }
    for (const port of places(spec, "ports[]")) {
      const protocol = port.at("protocol");
      if (!protocol.isUnknown() && !PROTOCOLS.has((protocol.string() ?? "").toLowerCase())) {
        yield at(protocol, "write HTTP, HTTP2, GRPC or TLS, in which the client names the host");
      }
    }
    const location = spec.at("location");
    const waypoint = labels.at("istio.io/use-waypoint");
    const usesWaypoint = !lacksText(waypoint) && !waypoint.isUnknown() && waypoint.string()?.toLowerCase() !== "none";
    if (location.string() === "MESH_INTERNAL" && usesWaypoint) {
      yield at(location, "write MESH_EXTERNAL, or take the host from the waypoint");
    }
  },
});
