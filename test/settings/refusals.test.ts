import { describe, expect, it } from "vitest";
import { pathsOf } from "./stackFile";
import { wrong } from "./wrong";

describe("settings", () => {
  it.each(wrong)("may not name %s", (_wrong, settings, paths) => {
    expect(pathsOf(settings)).toEqual(paths);
  });
});
