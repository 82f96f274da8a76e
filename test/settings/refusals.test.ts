import { describe, expect, it } from "vitest";
import { pathsOf } from "./stackFile.ts";
import { wrong } from "./wrong.ts";

describe("settings", () => {
  it.each(wrong)("may not name %s", (_wrong, settings, paths) => {
    expect(pathsOf(settings)).toEqual(paths);
  });
});
