import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { rememberedScenario, rememberScenario, SCENARIO } from "../../../tools/stack/scenarioChoice.ts";
import { readStackFile } from "../../../tools/stack/stackFile.ts";

describe("the scenario of a stack", () => {
  let folder: string;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), "scenario-")), "stack");
  });
  afterEach(() => {
    rmSync(join(folder, ".."), { recursive: true });
  });

  it("is none at first, then the one that was chosen last", () => {
    expect(rememberedScenario(folder)).toBeUndefined();
    rememberScenario(folder, "mirror");
    rememberScenario(folder, "retries");
    expect(rememberedScenario(folder)).toBe("retries");
    rememberScenario(folder, undefined);
    expect(rememberedScenario(folder)).toBeUndefined();
  });

  it("holds beside the stack file, and is checked with it", () => {
    expect(readStackFile("local", { [SCENARIO]: "mirror" }).config).toMatchObject({ [SCENARIO]: "mirror" });
    expect(() => readStackFile("local", { [SCENARIO]: "miror" })).toThrow(/mesh:scenario .*did you mean mirror/);
  });
});
