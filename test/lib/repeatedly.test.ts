import { expect, it } from "vitest";
import { sleep } from "../../lib/process.ts";
import { repeatedly } from "../../lib/repeatedly.ts";

it("does a few at once, each index once, and keeps their order", async () => {
  let [now, most] = [0, 0];
  const results = await repeatedly(7, 3, async (index) => {
    most = Math.max(most, ++now);
    // The first ones take longest.
    await sleep(5 * (7 - index));
    now -= 1;
    return index;
  });
  expect(results).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(most).toBe(3);
});

it("does nothing where there is nothing to do", async () => {
  expect(await repeatedly(0, 3, () => Promise.reject(new Error("was called")))).toEqual([]);
});
