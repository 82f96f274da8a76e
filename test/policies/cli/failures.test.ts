import { afterEach, describe, expect, it, vi } from "vitest";
import { crashText, failureText } from "../../../policies/cli/failures.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("what is said of a mistake in the program", () => {
  const error = new TypeError("s3cret is not iterable");

  it.each<[what: string, text: () => string, begin: string]>([
    [
      "in a rule",
      () => failureText({ rule: "a-rule", error }),
      "the rule a-rule failed, which is a mistake in it (TypeError)",
    ],
    ["anywhere", () => crashText(error), "it failed, which is a mistake in it (TypeError)"],
    ["that is no error", () => crashText("s3cret"), "it failed, which is a mistake in it (string)"],
  ])("quotes nothing unless one asks for it: %s", (_what, text, begin) => {
    vi.stubEnv("DEBUG", "");
    expect(text().startsWith(begin)).toBe(true);
    expect(text()).toContain("DEBUG=1");
    expect(text()).not.toContain("s3cret");
    vi.stubEnv("DEBUG", "1");
    expect(text()).toContain("s3cret");
  });
});
