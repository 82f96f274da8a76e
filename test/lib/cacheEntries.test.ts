import { describe, expect, it } from "vitest";
import { isLasting, isOurs } from "../../lib/cacheEntries.ts";
import { neededEntries } from "../../tools/cache/needed.ts";

describe("the names of the cache's entries", () => {
  it.each(neededEntries())("takes %s, which this checkout uses, for one that can be handed on", (name) => {
    expect([isLasting(name), isOurs(name)]).toEqual([true, true]);
  });

  it.each([
    "programs",
    "images/mine.tar",
    "../x",
    "/etc/passwd",
    "programs/../x",
    "programs/helm-8a115219ad05/x",
    "node",
  ])("leaves %s to whom it belongs", (name) => {
    expect(isOurs(name)).toBe(false);
  });

  it.each(["instances/0", "go-build", "compiled-js", "pulumi-home/logs", "debian.partial-17", "unpacked.partial-3"])(
    "knows %s for one of this machine alone",
    (name) => {
      expect([isLasting(name), isOurs(name)]).toEqual([false, true]);
    },
  );

  it("knows what a run has left half-made beside an entry, and of entries alone", () => {
    expect(isOurs("images/proxy-14a50035da4e.tar.partial-17-work")).toBe(true);
    expect(isOurs("thesis.partial-17")).toBe(false);
  });
});
