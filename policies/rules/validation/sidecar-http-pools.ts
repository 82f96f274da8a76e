import { isHttp } from "./lib/protocols";
import { places } from "./lib/reading";
import { at, warned } from "./lib/verdicts";

export const sidecarHttpPools = warned({
  id: "sidecar-http-pools",
  requires: "A connection pool of HTTP is set for a port of HTTP.",
  because: "For any other port only the settings of TCP have an effect.",
  wayOut: "Remove connectionPool.http, or set port.protocol to HTTP, HTTP2 or GRPC.",
  kinds: ["Sidecar"],

  *check({ spec }) {
    for (const listener of places(spec, "ingress[]")) {
      const pool = listener.at("connectionPool", "http");
      const port = listener.at("port");
      const protocol = port.at("protocol");
      if (!pool.isPresent() || !port.isPresent() || protocol.isUnknown()) continue;
      if (!isHttp(protocol.text() ?? "")) yield at(pool, "take it out, or write a protocol of HTTP for the port");
    }
  },
});
