import { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { describe, expect, it, vi } from "vitest";
import { readOnce } from "../../../policies/engine/readOnce.ts";
import { Engine, secret } from "../engine.ts";

const resource = { type: "kubernetes:core/v1:Secret", name: "own", props: { stringData: secret({ word: "s3cret" }) } };

describe("a pack that reads once", () => {
  const seen: unknown[] = [];
  const policies = ["one", "two", "three"].map((name) => ({
    name,
    description: name,
    enforcementLevel: "mandatory" as const,
    validateResource: ({ props }: { readonly props: Readonly<Record<string, unknown>> }) => {
      seen.push(JSON.parse(JSON.stringify(props.stringData)));
    },
    validateStack: ({
      resources,
    }: {
      readonly resources: readonly { readonly props: Readonly<Record<string, unknown>> }[];
    }) => {
      seen.push(JSON.parse(JSON.stringify(resources[0]?.props.stringData)));
    },
  }));
  const reads = async () => {
    const read = vi.spyOn(Struct.prototype, "toJavaScript");
    const engine = new Engine(...policies);
    await engine.analyze(resource);
    await engine.analyzeStack(resource, { ...resource, name: "other" });
    const counted = { calls: read.mock.calls.length, properties: new Set(read.mock.contexts).size };
    read.mockRestore();
    return counted;
  };

  it("shows each policy what it showed before, and reads no resource twice", async () => {
    const { calls, properties } = await reads();
    expect(calls).toBe(policies.length * properties);
    const shown = seen.splice(0);
    readOnce();
    expect(await reads()).toEqual({ calls: properties, properties });
    expect(seen).toEqual(shown);
    expect(shown).toEqual(Array(6).fill({ word: "s3cret" }));
  });
});
