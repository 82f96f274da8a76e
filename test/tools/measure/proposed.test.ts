import { expect, it } from "vitest";
import { proposedOn } from "../../../tools/measure/proposed.ts";

it("measures the rules of a stack on the ground of another one, and none of the ground's own rules", () => {
  const ground = {
    ...{ "mesh:profile": "demo", "mesh:observability": { enabled: true } },
    ...{ "mesh:traffic": { ratings: {} }, "mesh:scenario": "reviews-90-10" },
  };
  const own = { "mesh:profile": "production", "mesh:cluster": { eks: {} }, "mesh:traffic": { reviews: {} } };
  expect(proposedOn(ground, own)).toEqual({
    ...{ "mesh:profile": "demo", "mesh:observability": { enabled: false } },
    "mesh:traffic": { reviews: {} },
  });
});
