import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sectionsIn, withSectionsOf } from "../../../tools/stack/sectionsOf.ts";
import { takeTrafficBack, TRAFFIC } from "../../../tools/stack/trafficBefore.ts";

const FILE = "Pulumi.dev.yaml";
const BEFORE = `# The stack.
config:
  mesh:profile: demo
  # Reviews, step by step.
  mesh:traffic:
    reviews:
      # One version.
      routes: [{ to: { v1: 100 } }]
    ratings: { routes: [{ to: { v1: 100 } }] }

  mesh:bookinfo:
    hosts: [a.example]
encryptionsalt: v1:abc
`;
const AFTER = BEFORE.replace("{ v1: 100 } }]\n    ratings", "{ v1: 70, v3: 30 } }]\n    ratings").replace(
  "a.example",
  "b.example",
);

let folder: string;
const git = (...args: string[]) => {
  const who = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.com"];
  return execFileSync("git", ["-C", folder, ...who, ...args], { encoding: "utf8" }).trim();
};
const at = (name: string) => join(folder, name);
const content = (name: string) => readFileSync(at(name), "utf8");
function commit(files: Readonly<Record<string, string | undefined>>): string {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(at(name), ".."), { recursive: true });
    if (text === undefined) rmSync(at(name));
    else writeFileSync(at(name), text);
  }
  git("add", "--all");
  git("commit", "--quiet", "--allow-empty", "--message", "a state");
  return git("rev-parse", "HEAD");
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "way-back-"));
  git("init", "--quiet");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const back = (before: string, name = FILE) => takeTrafficBack(name, before, folder);

describe("the way back", () => {
  it("takes the traffic settings back, and leaves the rest as merged, with its comments", async () => {
    const before = commit({ [FILE]: BEFORE });
    commit({ [FILE]: AFTER });
    const { what, commit: short } = await back(before);
    expect(what).toEqual(["mesh:traffic.reviews"]);
    expect(before.startsWith(short)).toBe(true);
    expect(content(FILE)).toBe(BEFORE.replace("a.example", "b.example"));
  });

  it("undoes itself", async () => {
    const named = AFTER.replace("config:", "config:\n  mesh:trafficFiles: [traffic/*.yaml]");
    const before = commit({ [FILE]: named, "traffic/a.yaml": "cart: {}\n" });
    commit({ [FILE]: AFTER, "traffic/a.yaml": undefined, "traffic/b.yaml": "shop: {}\n" });
    const taken = await back(before);
    taken.undo();
    expect(git("status", "--porcelain")).toBe("");
  });

  it("takes back files of hosts that the commit names, and no others", async () => {
    const named = BEFORE.replace("config:", "config:\n  mesh:trafficFiles:\n  - traffic/*.yaml\n  - team.yaml");
    const before = commit({
      ...{ [FILE]: named, "traffic/a.yaml": "a: {}\n\n\n", "traffic/c.yaml": "c: 1\n" },
      ...{ "team.yaml": "t: 1\n", "docs/team.yaml": "1\n" },
    });
    commit({
      ...{ [FILE]: named, "traffic/a.yaml": "a: { timeout: 1s }\n", "traffic/b.yaml": "b: {}\n" },
      ...{ "traffic/c.yaml": undefined, "docs/team.yaml": "2\n" },
    });
    const { what } = await back(before);
    expect(what).toEqual(["traffic/a.yaml", "traffic/b.yaml, which is new and was removed", "traffic/c.yaml"]);
    expect(content("traffic/a.yaml")).toBe("a: {}\n\n\n");
    expect(existsSync(at("traffic/b.yaml"))).toBe(false);
    expect(content("docs/team.yaml")).toBe("2\n");
  });

  it("puts back a section that went, and takes away one that came", async () => {
    const before = commit({ [FILE]: BEFORE });
    commit({ [FILE]: "config:\n    mesh:profile: production\n    mesh:scenario: reviews-90-10\n" });
    const { what } = await back(before);
    expect(what).toEqual(["mesh:traffic.reviews", "mesh:traffic.ratings", "mesh:scenario"]);
    expect(sectionsIn(content(FILE), TRAFFIC)).toEqual(sectionsIn(BEFORE, TRAFFIC));
    expect(sectionsIn(content(FILE), TRAFFIC, false)).toEqual({ "mesh:profile": "production" });
  });

  it.each([
    ["no commit", "", "BEFORE is missing"],
    ["an unknown commit", "0".repeat(40), "BEFORE names no commit of this checkout"],
    ["an option", "--help", "BEFORE names no commit"],
    ["a folder of a commit", "HEAD:", "BEFORE names no commit"],
    ["several commits", "HEAD~1..HEAD", "BEFORE names no commit"],
    ["the commit that is deployed", "HEAD", "so they are not what went wrong: nothing was taken back"],
    ["a commit of other settings alone", "HEAD~1", "so they are not what went wrong"],
    ["a commit without the stack file", "HEAD~2", "Pulumi.dev.yaml is not in the commit"],
    ["a commit whose stack file is no YAML", "broken", "the sections of Pulumi.dev.yaml cannot be told apart"],
    ["a commit whose stack file is in braces", "braces", "the sections of Pulumi.dev.yaml cannot be told apart"],
  ])("refuses %s, and changes nothing", async (_name, before, reason) => {
    commit({ [FILE]: "config: {" });
    git("tag", "broken");
    commit({ [FILE]: "config: { mesh:traffic: { reviews: { routes: [{ to: { v1: 1 } }] } } }\n" });
    git("tag", "braces");
    commit({ [FILE]: undefined });
    commit({ [FILE]: AFTER });
    commit({ [FILE]: AFTER.replace("b.example", "c.example") });
    await expect(back(before)).rejects.toThrow(reason);
    expect(git("status", "--porcelain")).toBe("");
  });
});

describe("sections of another stack file", () => {
  const TEXTS = {
    "one below the other": "config:\n  a: 1\n  mesh:traffic:\n    x: |\n      text: 1\n\n      more\n  b: 2\n",
    "with a list as far out as its key": "config:\n  mesh:trafficFiles:\n  - one.yaml\n  # two\n  - two.yaml\n  b: 2\n",
    "in quotes": "config:\n    \"mesh:traffic\": { x: 1 }\n    'mesh:scenario': y\n    b: 2\nencryptionsalt: v1:x\n",
    "far out": "encryptionsalt: v1:x\nconfig: # all of it\n a: 1\n mesh:scenario: x",
    "without any": "config:\n  b: 3\n",
  };
  const pairs = Object.entries(TEXTS).flatMap(([one, text]) =>
    Object.entries(TEXTS).map(([other, from]) => [one, other, text, from] as const),
  );

  it.each(pairs)("%s take those %s", (_one, _other, text, from) => {
    const result = withSectionsOf(text, from, TRAFFIC);
    expect(sectionsIn(result, TRAFFIC)).toEqual(sectionsIn(from, TRAFFIC));
    expect(sectionsIn(result, TRAFFIC, false)).toEqual(sectionsIn(text, TRAFFIC, false));
    expect(withSectionsOf(text, text, TRAFFIC)).toBe(text);
  });
});
