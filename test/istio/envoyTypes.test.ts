import { describe, expect, it } from "vitest";
import { envoyEnum, envoyMessage, envoyMessageNames, inCamelCase } from "../../istio/envoyTypes.ts";
import generated from "../../istio/generated/envoyTypes.json" with { type: "json" };
import { testbed } from "../../versions.ts";

/** Types that are written otherwise than as a message or an enum. */
const SCALARS = new Set(["bool", "bytes", "double", "float", "int32", "int64", "string", "uint32", "uint64"]);

describe("Envoy's types", () => {
  it("are those of the pinned Istio; if not: make generate", () => {
    expect(generated.istioModule).toBe(testbed.istioModule);
  });

  it("name only types that are there", () => {
    const fields = envoyMessageNames()
      .filter((name) => name.startsWith("envoy."))
      .flatMap((name) => [...(envoyMessage(name)?.values() ?? [])]);
    const types = new Set(fields.map(({ type }) => type).filter((type) => !SCALARS.has(type)));
    expect(types.size).toBeGreaterThan(0);
    expect([...types].filter((type) => (envoyMessage(type) ?? envoyEnum(type)) === undefined)).toEqual([]);
  });

  it("have fields in both spellings, of one value, a list or a map", () => {
    const cluster = envoyMessage("envoy.config.cluster.v3.Cluster");
    expect(cluster?.get("connectTimeout")).toBe(cluster?.get("connect_timeout"));
    expect(cluster?.get("connect_timeout")).toMatchObject({ type: "google.protobuf.Duration", holds: "one" });
    expect(cluster?.get("health_checks")).toMatchObject({ type: "envoy.config.core.v3.HealthCheck", holds: "list" });
    expect(cluster?.get("typed_extension_protocol_options")).toMatchObject({ holds: { keys: "string" } });
    expect(cluster?.get("type")?.oneof).toBe(cluster?.get("cluster_type")?.oneof);
  });

  it.each(["envoy.config.cluster.v3.Clustre", "envoy.config.cluster.v3.constructor", "Cluster", "", "a.B"])(
    "know no %j",
    (name) => {
      expect([envoyMessage(name), envoyEnum(name)]).toEqual([undefined, undefined]);
    },
  );

  it("spell names in camel case", () => {
    expect(inCamelCase("per_connection_buffer_limit_bytes")).toBe("perConnectionBufferLimitBytes");
  });
});
