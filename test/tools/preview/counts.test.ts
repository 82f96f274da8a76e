import { expect, it } from "vitest";
import { changesOf, countsText } from "../../../tools/preview/counts.ts";
import { stepsIn } from "../../../tools/preview/events.ts";
import { recorded, stepOf } from "./recordings.ts";

it("has the engine's own counts, and whose the resources are", () => {
  const events = recorded("risky");
  expect(countsText(events, stepsIn(events))).toEqual([
    "~ 7 to update: aws 6, eks 1",
    "+-1 to replace: aws 1",
    "  66 unchanged",
  ]);
});

it("does not count what is only looked up", () => {
  const type = "kubernetes:core/v1:Namespace";
  expect(changesOf([stepOf({ type, op: "read", after: {} }), stepOf({ type, after: {} })])).toBe(1);
});

it("agrees with the engine on a stack that is new", () => {
  const events = recorded("prod");
  const steps = stepsIn(events);
  expect(countsText([], steps)).toEqual(countsText(events, steps));
  expect(countsText(events, steps)[0]).toMatch(/^\+ 124 to create: aws \d+, /);
});
