import { afterEach, describe, expect, it, vi } from "vitest";
import { backendOf, ownBackend } from "../../../tools/stack/backend.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the backend of the stack local", () => {
  it("is the one that the user names, without asking the engine", async () => {
    vi.stubEnv("PULUMI_BACKEND_URL", "file:///somewhere");
    // No engine is to be found there.
    const env = { PATH: "/nowhere" };
    expect(await backendOf("local", env)).toEqual({
      url: "file:///somewhere",
      env: { PATH: "/nowhere", PULUMI_BACKEND_URL: "file:///somewhere" },
    });
    await expect(backendOf("dev", env)).rejects.toThrow("pulumi is not on PATH");
  });

  it("is not one without a name", () => {
    vi.stubEnv("PULUMI_BACKEND_URL", "");
    expect(() => ownBackend("local")).toThrow("PULUMI_BACKEND_URL is empty");
  });
});
