import { beforeEach, expect, it, vi } from "vitest";
import { runHere } from "../../../tools/testing/runHere.ts";
import { checkSources } from "../../../tools/testing/sources.ts";

vi.mock(import("../../../tools/testing/runHere.ts"));
const run = vi.mocked(runHere);

beforeEach(() => {
  run.mockReset().mockResolvedValue();
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});

const asked = () => new Map(run.mock.calls.map(([program, args]) => [program, args.join(" ")]));

it("looks at style, types, layout and spelling, at all of each", async () => {
  await checkSources();
  expect([...asked().keys()].sort()).toEqual(["cspell", "eslint", "prettier", "tsc"]);
  expect([...asked().values()].filter((args) => /cache|incremental/.test(args))).toEqual([]);
});

it("keeps what was found, where it may", async () => {
  await checkSources({ cached: true });
  expect([...asked()].filter(([, args]) => !/--cache|--incremental/.test(args))).toEqual([]);
});

it("runs each to its end, and names all that found problems", async () => {
  let isDone = false;
  run.mockImplementation(async (program) => {
    if (program === "eslint" || program === "cspell") throw new Error(`${program} found problems: see above`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    isDone = true;
  });
  await expect(checkSources()).rejects.toThrow("eslint found problems: see above; cspell found problems: see above");
  expect(isDone).toBe(true);
});
