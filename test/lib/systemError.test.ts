import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cacheFolder } from "../../lib/cache.ts";
import { inWords } from "../../lib/systemError.ts";

const refused = (code: string, path?: string) => Object.assign(new Error(`${code}: Node's words`), { code, path });

describe("what the system refuses", () => {
  it.each([
    ["ENOSPC", "there is no room left on the disk for /a/b: make some, and run this again"],
    ["EDQUOT", "your share of the disk is used up, and /a/b has no room: make some, and run this again"],
    ["EROFS", "/a/b is on a disk that can only be read: mount it so that it can be written"],
  ])("with %s is said with its path and the way out", (code, words) => {
    expect(inWords(refused(code, "/a/b"))).toBe(words);
  });

  it.each(["EACCES", "EPERM"])("with %s is said with the user", (code) => {
    expect(inWords(refused(code, "/a/b"))).toMatch(
      /^the user \S+ may not touch \/a\/b: run this as its owner, or give it/,
    );
  });

  it("in the cache has another way out", () => {
    expect(inWords(refused("ENOSPC", join(cacheFolder(), "x")))).toMatch(/, or name another folder in MESH_CACHE$/);
    expect(inWords(refused("ENOSPC", `${cacheFolder()}-other`))).not.toContain("MESH_CACHE");
  });

  it("otherwise stays in its own words", () => {
    expect(inWords(refused("EIO", "/a"))).toBe("EIO: Node's words");
    expect(inWords(new Error("plain"))).toBe("plain");
    expect(inWords("thrown")).toBe("something unexpected went wrong: thrown");
    expect(inWords(undefined)).toBe("something unexpected went wrong: undefined");
  });
});
