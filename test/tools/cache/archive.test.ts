import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LIST, writeArchive, type List } from "../../../tools/cache/archive.ts";
import { unpackArchive } from "../../../tools/cache/unpack.ts";

const HELM = "programs/helm-0123456789ab";
const IMAGE = "images/proxy-0123456789ab.tar";

describe("a cache that is handed on", () => {
  let folder: string;
  let file: string;
  const inFolder = (...path: string[]) => join(folder, ...path);
  const put = (path: string, content: string) => {
    fs.mkdirSync(join(path, ".."), { recursive: true });
    fs.writeFileSync(path, content);
  };
  const use = (cache: string) => vi.stubEnv("MESH_CACHE", inFolder(cache));
  /** All that the second cache has, and what lies beside it. */
  const there = () => (fs.existsSync(inFolder("there")) ? fs.readdirSync(inFolder("there"), { recursive: true }) : []);

  beforeEach(() => {
    folder = fs.mkdtempSync(join(tmpdir(), "handed-on-"));
    file = inFolder("mesh-cache.tar");
    put(inFolder("here", HELM, "helm"), "the program");
    fs.chmodSync(inFolder("here", HELM, "helm"), 0o700);
    fs.symlinkSync("helm", inFolder("here", HELM, "link"));
    put(inFolder("here", IMAGE), "the image");
    use("here");
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it("holds what was asked for and is there, and nothing else", async () => {
    put(inFolder("here/programs/helm-999999999999/helm"), "an older one");
    expect(await writeArchive(file, [HELM, IMAGE, "debian"])).toEqual([HELM, IMAGE]);
    const names = execFileSync("tar", ["-tf", file], { encoding: "utf8" }).trim().split("\n");
    expect(names).toEqual([LIST, `${HELM}/`, `${HELM}/helm`, `${HELM}/link`, IMAGE]);
    expect(fs.readdirSync(folder).sort()).toEqual(["here", "mesh-cache.tar"]);
  });

  it("is unpacked where entries are missing, once, and overwrites nothing", async () => {
    await writeArchive(file, [HELM, IMAGE]);
    use("there");
    put(inFolder("there", IMAGE), "another image");
    expect(unpackArchive(file)).toEqual([HELM]);
    expect(fs.readFileSync(inFolder("there", HELM, "link"), "utf8")).toBe("the program");
    expect(fs.statSync(inFolder("there", HELM, "helm")).mode & 0o777).toBe(0o755);
    expect(fs.readFileSync(inFolder("there", IMAGE), "utf8")).toBe("another image");
    expect(there().sort()).toEqual(["images", IMAGE, "programs", HELM, `${HELM}/helm`, `${HELM}/link`].sort());

    const before = fs.statSync(inFolder("there", HELM)).ctimeMs;
    expect(unpackArchive(file)).toEqual([]);
    expect(fs.statSync(inFolder("there", HELM)).ctimeMs).toBe(before);
  });

  it("says where there is nothing to hand on, or a link that leads elsewhere", async () => {
    await expect(writeArchive(file, ["debian"])).rejects.toThrow(/is empty: run `make up` first/);
    fs.symlinkSync("/etc/passwd", inFolder("here", HELM, "accounts"));
    await expect(writeArchive(file, [HELM])).rejects.toThrow(/accounts points outside the cache, to \/etc\/passwd/);
    expect(fs.readdirSync(folder)).toEqual(["here"]);
  });

  describe("is refused, with nothing left behind,", () => {
    /** Packs the files of a folder as an archive, with a list of its own. */
    const forge = (edit: (list: List) => unknown, ...more: string[]) => {
      const list = JSON.parse(execFileSync("tar", ["-xOf", file, LIST], { encoding: "utf8" })) as List;
      put(inFolder("forged", LIST), JSON.stringify(edit(list)));
      fs.rmSync(file);
      execFileSync("tar", ["-cPf", file, "-C", inFolder("forged"), LIST, "-C", inFolder("here"), HELM, IMAGE, ...more]);
    };
    const bend = () => {
      const bytes = fs.readFileSync(file);
      bytes.write("X", bytes.lastIndexOf("the image"));
      fs.writeFileSync(file, bytes);
    };
    const same = (list: List) => list;
    const cases: Record<string, [() => void, RegExp]> = {
      "where it is not there": [
        () => {
          fs.rmSync(file);
        },
        /^there is no \S+mesh-cache\.tar$/,
      ],
      "where it is empty": [
        () => {
          fs.writeFileSync(file, "");
        },
        /mesh-cache\.tar cannot be unpacked|is no archive that/,
      ],
      "where it is no archive": [
        () => {
          fs.writeFileSync(file, "x".repeat(9999));
        },
        /cannot be unpacked .*damaged/,
      ],
      "where it is another archive": [
        () => execFileSync("tar", ["-cf", file, "-C", inFolder("here"), IMAGE]),
        /cannot be unpacked .*mesh-cache\.json/,
      ],
      "where it is cut short": [
        () => {
          fs.truncateSync(file, 3800);
        },
        /cannot be unpacked .*damaged/,
      ],
      "where a byte of it has changed": [
        bend,
        /is damaged: images\/proxy-0123456789ab\.tar differs from the packed file/,
      ],
      "where its list is of another format": [
        () => {
          forge((list) => ({ ...list, format: 2 }));
        },
        /is not an archive of this/,
      ],
      "where it is for another machine": [
        () => {
          forge((list) => ({ ...list, arch: "mips" }));
        },
        /is for linux on mips, and this is linux on (x64|arm64)$/,
      ],
      "where it names what is no entry": [
        () => {
          forge((list) => ({ ...list, entries: { ...list.entries, "instances/0": "" } }));
        },
        /names "instances\/0", which is not a cache entry$/,
      ],
      "where it names a path outside": [
        () => {
          forge((list) => ({ ...list, entries: { "../.ssh": "" } }));
        },
        /names "\.\.\/\.ssh", which is not a cache entry/,
      ],
      "where it holds an absolute path": [
        () => {
          forge(same, inFolder("here", IMAGE));
        },
        /holds \/\S+, a path outside/,
      ],
      "where it holds a step up": [
        () => {
          forge(same, "--transform=s,^forged,../forged,", "-C", folder, "forged");
        },
        /holds \.\.\/forged\S*, a path outside the cache$/,
      ],
      "where it holds a link that leads out": [
        () => {
          fs.symlinkSync("../../../outside", inFolder("here", HELM, "out"));
          forge(same);
        },
        /helm-0123456789ab\/out points outside the cache, to \.\.\/\.\.\/\.\.\/outside/,
      ],
      "where it lacks what its list names": [
        () => {
          forge((list) => ({ ...list, entries: { ...list.entries, debian: "" } }));
        },
        /cannot be unpacked .*debian/,
      ],
    };
    it.each(Object.entries(cases))("%s", async (_case, [spoil, message]) => {
      await writeArchive(file, [HELM, IMAGE]);
      spoil();
      use("there");
      expect(() => unpackArchive(file)).toThrow(message);
      expect(there()).toEqual([]);
      expect(fs.existsSync(inFolder("outside"))).toBe(false);
    });
  });
});
