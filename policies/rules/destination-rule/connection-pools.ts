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
  title: "A connection pool sets something, with limits of 0 or more.",
  remediation:
    "Set something under http or tcp, limits of 0 or more, both times of http2KeepAlive, and UPGRADE or useClientProtocol, not both.",
  kinds: ["DestinationRule", "Sidecar"],

  *check(object) {
    for (const pool of connectionPoolsOf(object)) {
      const [http, tcp] = [pool.at("http"), pool.at("tcp")];
      if (http.isAbsent() && tcp.isAbsent()) yield at(pool, "set something under http or tcp, or leave it out");
      for (const [protocol, name] of LIMITS) {
        const limit = pool.at(protocol, name);
        if ((limit.number() ?? 0) < 0) yield at(limit, "write 0 or more");
      }
      if (http.at("h2UpgradePolicy").string() === "UPGRADE" && http.at("useClientProtocol").boolean() === true) {
        yield at(
          http.at("useClientProtocol"),
          "leave it out: the connection can not both keep and change its protocol",
        );
      }
      const keepAlive = http.at("http2KeepAlive");
      for (const name of ["interval", "timeout"]) {
        const field = keepAlive.at(name);
        if (keepAlive.isPresent() && field.isAbsent()) yield at(field, "add it: both times are needed");
      }
    }
  },
});

function* connectionPoolsOf(object: MeshObject): Generator<Field> {
  for (const policy of allTrafficPolicies(object)) yield* allPlaces(policy, "connectionPool");
  yield* allPlaces(object.spec, "inboundConnectionPool", "ingress[].connectionPool");
}
