import { expect, it } from "vitest";
import { stepsIn } from "../../../tools/preview/events.ts";
import { timeText } from "../../../tools/preview/time.ts";
import { recorded, stepOf } from "./recordings.ts";

it("is known of what is slow, one phase after the other", () => {
  expect(timeText(stepsIn(recorded("prod")))).toEqual([
    expect.stringMatching(
      /^about \d+ to \d+ minutes: network .*, control plane 10 to 16, nodes .*, add-ons .*, charts/,
    ),
  ]);
});

it("counts what goes on at the same time once", () => {
  const group = stepOf({ type: "aws:eks/nodeGroup:NodeGroup", after: {} });
  expect(timeText([group, group])).toEqual(timeText([group]));
});

it("is not told of what is quick, or stays", () => {
  expect(timeText([stepOf({ type: "kubernetes:networking.istio.io/v1:VirtualService", after: {} })])).toEqual([]);
  expect(timeText([stepOf({ type: "aws:eks/cluster:Cluster", op: "same", before: {}, after: {} })])).toEqual([]);
});
