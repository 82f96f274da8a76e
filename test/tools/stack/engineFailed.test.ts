import { expect, it } from "vitest";
import { EngineFailed } from "../../../tools/stack/runEngine.ts";

it.each(["up", "destroy", "refresh"])("says of %s, which may have done a part, that the state has it", (command) => {
  expect(new EngineFailed(command).message).toMatch(/failed; completed steps are in the stack's state/);
});

it.each(["preview", "config", "stack"])("promises nothing of %s, which changes nothing", (command) => {
  expect(new EngineFailed(command).message).toBe(`pulumi ${command} failed`);
});
