import type { Field } from "../../model/field.ts";
import type { MeshObject } from "../../model/mesh.ts";
import { allPlaces } from "../../values/reading.ts";
import { allTrafficPolicies } from "../../values/trafficPolicy.ts";
import { at, rejected } from "../../values/verdicts.ts";

const LIMITS = [
  ...[
    "http1MaxPendingRequests",
    "http2MaxRequests",
    "maxRequestsPerConnection",
    "maxRetries",
    "maxConcurrentStreams",
  ].map((name) => ["http", name] as const),
  ["tcp", "maxConnections"] as const,
];

export const connectionPools = rejected({
  id: "connection-pools",
  title: "A connection pool sets at least one field, and its limits are 0 or more.",
  remediation:
    "Set a field under http or tcp, limits of 0 or more, both http2KeepAlive times, and either UPGRADE or useClientProtocol.",
  kinds: ["DestinationRule", "Sidecar"],

  *check(object) {
    for (const pool of connectionPoolsOf(object)) {
      const [http, tcp] = [pool.at("http"), pool.at("tcp")];
      if (http.isAbsent() && tcp.isAbsent()) yield at(pool, "set a field under http or tcp, or remove this section");
      for (const [protocol, name] of LIMITS) {
        const limit = pool.at(protocol, name);
        if ((limit.number() ?? 0) < 0) yield at(limit, "use 0 or more");
      }
      if (http.at("h2UpgradePolicy").string() === "UPGRADE" && http.at("useClientProtocol").boolean() === true) {
        yield at(
          http.at("useClientProtocol"),
          "remove this field: the connection cannot both keep and upgrade its protocol",
        );
      }
      const keepAlive = http.at("http2KeepAlive");
      for (const name of ["interval", "timeout"]) {
        const field = keepAlive.at(name);
        if (keepAlive.isPresent() && field.isAbsent()) yield at(field, "add this field: both times are required");
      }
    }
  },
});

function* connectionPoolsOf(object: MeshObject): Generator<Field> {
  for (const policy of allTrafficPolicies(object)) yield* allPlaces(policy, "connectionPool");
  yield* allPlaces(object.spec, "inboundConnectionPool", "ingress[].connectionPool");
}
