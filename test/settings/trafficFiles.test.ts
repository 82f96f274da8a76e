import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseSettings, settingsProblems } from "../../settings/parse.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "traffic-files-"));
  mkdirSync(join(folder, "traffic"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const write = (file: string, text: string) => {
  writeFileSync(join(folder, "traffic", file), text);
};
const parsed = (settings: Readonly<Record<string, unknown>>) =>
  parseSettings({ trafficFiles: ["traffic/*.yaml"], ...settings }, { folder });
const wordsOf = (settings: Readonly<Record<string, unknown>> = {}) => {
  const result = parsed(settings);
  return "problems" in result ? result.problems.map(({ path, reason }) => `${path} ${reason}`) : [];
};

const REVIEWS = "reviews: { routes: [{ timeout: 3s }] }";

describe("mesh:trafficFiles", () => {
  it("put their hosts beside those of the stack file", () => {
    write("b.yaml", REVIEWS);
    write("a.yaml", "details: { routes: [{ timeout: 2s }] }");
    write("notes.txt", "no hosts");
    expect(parsed({ traffic: { ratings: { routes: [{ timeout: "1s" }] } } })).toMatchObject({
      settings: {
        traffic: {
          ratings: { routes: [{ timeout: "1s" }] },
          details: { routes: [{ timeout: "2s" }] },
          reviews: { routes: [{ timeout: "3s" }] },
        },
      },
    });
  });

  it("are read once, however often they are named", () => {
    write("a.yaml", REVIEWS);
    expect(wordsOf({ trafficFiles: ["traffic/a.yaml", "traffic/*.yaml"] })).toEqual([]);
  });

  it("are refused by the place in the file, all of it at once", () => {
    write("a.yaml", "reviews: { routes: [{ timeout: 3 }] }\ndetails: { rotues: [], routes: [{}] }");
    write("b.yaml", "ratings: { namespace: elsewhere, routes: [{ timeout: 3s }] }");
    expect(wordsOf({ profile: "demonstration" })).toEqual([
      expect.stringMatching(/^mesh:profile must be/),
      "traffic/a.yaml: details.rotues is no setting; did you mean routes?",
      expect.stringMatching(/^traffic\/a\.yaml: reviews\.routes\[0\]\.timeout must be .*; it is a number$/),
      "traffic/b.yaml: ratings.namespace must be a namespace of this stack: bookinfo",
    ]);
  });

  it("may not say again what another place says", () => {
    write("a.yaml", REVIEWS);
    write("b.yaml", `${REVIEWS}\n"constructor": {}`);
    expect(wordsOf({ traffic: { ratings: { routes: [{}] } } })).toContain(
      "traffic/b.yaml: reviews stands in traffic/a.yaml already: a host has one place",
    );
    expect(wordsOf({ traffic: { reviews: { routes: [{}] } } })).toContain(
      "traffic/a.yaml: reviews stands in mesh:traffic already: a host has one place",
    );
  });

  it.each<[what: string, text: string, words: string]>([
    ["a list", "- reviews", "must be a map from hosts to what happens to their requests; it is a list"],
    ["nothing", "", "must be a map from hosts to what happens to their requests; it is nothing"],
  ])("are refused where one is %s", (_what, text, words) => {
    write("a.yaml", text);
    expect(wordsOf()).toEqual([`traffic/a.yaml ${words}`]);
  });

  it("are refused by the line where one cannot be read as it stands", () => {
    write("a.yaml", "reviews: { routes: [{ timeout: 3s }] }\nratings:\n  routes: [{ weight: 010 }]");
    write("b.yaml", "details: [\nsecret");
    expect(wordsOf()).toEqual([
      expect.stringMatching(
        /^traffic\/a\.yaml: ratings\.routes\[0\]\.weight \(line 3\) begins with 0, .*: leave the 0 out/,
      ),
      "traffic/b.yaml: line 2 begins a list or map that does not end: close its bracket",
    ]);
  });

  it("are refused one by one where they are no files that can be read", () => {
    write("right.yaml", REVIEWS);
    mkdirSync(join(folder, "traffic/folder.yaml"));
    symlinkSync("nowhere.yaml", join(folder, "traffic/dangling.yaml"));
    symlinkSync("loop.yaml", join(folder, "traffic/loop.yaml"));
    expect(wordsOf()).toEqual([
      "traffic/dangling.yaml is not there, or is a link that leads nowhere",
      "traffic/folder.yaml is a folder: name the files in it",
      "traffic/loop.yaml is a link that leads to itself",
    ]);
  });

  it("may have names that look like patterns, and links to files of the project", () => {
    write("[team] {a}.yaml", REVIEWS);
    symlinkSync("[team] {a}.yaml", join(folder, "traffic/link.yaml"));
    expect(wordsOf({ trafficFiles: ["traffic/[team] {a}.yaml", "traffic/link.yaml", "./traffic/*.yaml"] })).toEqual([]);
  });

  it.each<[what: string, trafficFiles: unknown, words: string]>([
    ["there is none", ["traffic/*.yaml"], "mesh:trafficFiles[0] names no file that is there"],
    ["they are a text", "traffic/a.yaml", "mesh:trafficFiles must be a list of paths; it is a string"],
  ])("are refused where %s", (_what, trafficFiles, words) => {
    expect(wordsOf({ trafficFiles })).toEqual([words]);
  });

  it.each(["{1..99999999}.yaml", `${"{a,b}".repeat(20)}.yaml`, `${"a".repeat(300)}.yaml`])(
    "are refused at once where a pattern stands for more than can be looked for: %s",
    (entry) => {
      const reason = "must be a simpler pattern: at most 256 characters, three braces and no range in them";
      expect(wordsOf({ trafficFiles: [entry] })).toEqual([`mesh:trafficFiles[0] ${reason}`]);
    },
  );

  it("are refused by themselves where one is too large, and read within two seconds", () => {
    const host = (i: number) => `service-${i}.example.com: { routes: [{ timeout: 3s }] }\n`;
    write("a.yaml", Array.from({ length: 60_000 }, (_, i) => host(i)).join(""));
    const begin = performance.now();
    expect(wordsOf()).toEqual(["traffic/a.yaml is longer than 1024 KiB: divide it into several files"]);
    expect(performance.now() - begin).toBeLessThan(2000);
  });

  describe("of another folder", () => {
    let outside: string;
    beforeEach(() => {
      outside = mkdtempSync(join(tmpdir(), "outside-"));
      writeFileSync(join(outside, "o.yaml"), REVIEWS);
      symlinkSync(join(outside, "o.yaml"), join(folder, "traffic/file.yaml"));
      symlinkSync(outside, join(folder, "traffic/folder"));
    });
    afterEach(() => {
      rmSync(outside, { recursive: true });
    });

    it.each([
      "../o.yaml",
      "./../o.yaml",
      "traffic/../../o.yaml",
      "{../outside,traffic}/o.yaml",
      "{traffic,..}/o.yaml",
      "/tmp/o.yaml",
      "{/tmp,traffic}/o.yaml",
      "..\\o.yaml",
      "traffic/file.yaml",
      "traffic/f*.yaml",
      "traffic/folder/o.yaml",
      "traffic/folder/*.yaml",
      "traffic/f[i]le.yaml",
    ])("are refused by their entry: %s", (entry) => {
      const words = wordsOf({ trafficFiles: ["traffic/none-of-them.yaml", entry] });
      expect(words).toContainEqual(
        expect.stringMatching(/^mesh:trafficFiles\[1\] must stay in the folder of Pulumi\.yaml/),
      );
    });
  });

  it("are the way out where the stack file is longer than the engine takes", () => {
    const stackFile = (hosts: number) => ({
      "mesh:traffic": Object.fromEntries(
        Array.from({ length: hosts }, (_, i) => [`service-${i}.example.com`, { routes: [{ timeout: "3s" }] }]),
      ),
    });
    expect(settingsProblems(stackFile(1000))).toEqual([]);
    const words = settingsProblems(stackFile(3000)).map(({ path, reason }) => `${path} ${reason}`);
    expect(words).toEqual([expect.stringMatching(/^mesh:traffic .*too long .* files, named by mesh:trafficFiles$/)]);
  });
});
