import { isHttp } from "../../values/protocols.ts";
import { places } from "../../values/reading.ts";
import { at, warned } from "../../values/verdicts.ts";

export const sidecarHttpPools = warned({
  id: "sidecar-http-pools",
  title: "An HTTP connection pool is set only for an HTTP port.",
  rationale: "On other ports only the TCP settings have an effect.",
  remediation: "Remove connectionPool.http, or set port.protocol to HTTP, HTTP2 or GRPC.",
  kinds: ["Sidecar"],

  *check({ spec }) {
    for (const listener of places(spec, "ingress[]")) {
      const pool = listener.at("connectionPool", "http");
      const port = listener.at("port");
      const protocol = port.at("protocol");
      if (!pool.isPresent() || !port.isPresent() || protocol.isUnknown()) continue;
      if (!isHttp(protocol.string() ?? "")) yield at(pool, "remove this field, or set an HTTP protocol for the port");
    }
  },
});
