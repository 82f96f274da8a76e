import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cacheFolder } from "../../lib/cache.ts";
import { inWords } from "../../lib/systemError.ts";

const refused = (code: string, path?: string) => Object.assign(new Error(`${code}: Node's words`), { code, path });

describe("what the system refuses", () => {
  it.each([
    ["ENOSPC", "no space left on the disk for /a/b: free some space, and try again"],
    ["EDQUOT", "disk quota exceeded for /a/b: free some space, and try again"],
    ["EROFS", "/a/b is on a read-only disk: remount it as writable"],
  ])("with %s is said with its path and the way out", (code, words) => {
    expect(inWords(refused(code, "/a/b"))).toBe(words);
  });

  it.each(["EACCES", "EPERM"])("with %s is said with the user", (code) => {
    expect(inWords(refused(code, "/a/b"))).toMatch(
      /^the user \S+ has no permission to access \/a\/b: run this as its owner, or change/,
    );
  });

  it("in the cache has another way out", () => {
    expect(inWords(refused("ENOSPC", join(cacheFolder(), "x")))).toMatch(/, or set MESH_CACHE to another folder$/);
    expect(inWords(refused("ENOSPC", `${cacheFolder()}-other`))).not.toContain("MESH_CACHE");
  });

  it("otherwise stays in its own words", () => {
    expect(inWords(refused("EIO", "/a"))).toBe("EIO: Node's words");
    expect(inWords(new Error("plain"))).toBe("plain");
    expect(inWords("thrown")).toBe("unexpected error: thrown");
    expect(inWords(undefined)).toBe("unexpected error: undefined");
  });
});
