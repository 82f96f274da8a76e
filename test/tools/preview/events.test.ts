import { describe, expect, it } from "vitest";
import { eventsIn, stepsIn } from "../../../tools/preview/events.ts";
import { logOf, recorded } from "./recordings.ts";

describe("the engine's log", () => {
  it("is read as far as it goes, where the engine was killed", () => {
    const log = logOf("size");
    const all = eventsIn(log);
    expect(eventsIn(log.slice(0, -5))).toEqual(all.slice(0, -1));
    expect(eventsIn("")).toEqual([]);
  });

  it("is read without marks of colors", () => {
    const line = JSON.stringify({ policyEvent: { message: "<{%bold%}>no<{%reset%}>" } });
    expect(eventsIn(`${line}\n`)).toEqual([{ policyEvent: { message: "no" } }]);
  });
});

describe("the steps of a preview", () => {
  it("have a replacement once, with its reason", () => {
    const groups = stepsIn(recorded("risky")).filter(({ name }) => name === "cluster-nodes-default");
    expect(groups.filter(({ type }) => type.endsWith(":NodeGroup"))).toMatchObject([
      {
        op: "replace",
        because: ["instanceTypes[0]"],
        before: { instanceTypes: ["m7g.large"] },
        after: { instanceTypes: ["m7g.xlarge"] },
      },
    ]);
  });

  it("have nothing after a deletion", () => {
    const state = { urn: "urn:pulumi:s::p::a:b:C::n", type: "a:b:C", id: "i", inputs: { key: 1 } };
    const metadata = { op: "delete", urn: state.urn, type: state.type, old: state, new: state, logical: true };
    const log = `${JSON.stringify({ resourcePreEvent: { metadata } })}\n`;
    expect(stepsIn(eventsIn(log))).toMatchObject([{ op: "delete", name: "n", before: { key: 1 }, after: undefined }]);
  });

  it.each(["read", "read-replacement", "discard", "discard-replaced"])(
    "are none for what the stack only looks at: %s",
    (op) => {
      const type = "kubernetes:core/v1:Service";
      const state = { urn: `urn:pulumi:s::p::${type}::n`, type, id: "i", inputs: { spec: { type: "LoadBalancer" } } };
      const metadata = { op, urn: state.urn, type, old: state, new: state, logical: true };
      expect(stepsIn(eventsIn(`${JSON.stringify({ resourcePreEvent: { metadata } })}\n`))).toEqual([]);
    },
  );
});
