import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dump, load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { settingsByName, settingsProblems } from "../../../settings/parse.ts";
import { edited } from "../../../tools/upgrade/editStackFile.ts";
import { upgradePlan } from "../../../tools/upgrade/plan.ts";
import { planText } from "../../../tools/upgrade/text.ts";
import { product } from "../../../versions.ts";

type Config = Record<string, unknown>;

const configOf = (text: string) => (load(text) as { config: Config }).config;
const planOf = (text: string, to: string) => upgradePlan(settingsByName(configOf(text)), to);
const titles = (text: string, to: string) => planOf(text, to).steps.map(({ title }) => title);

const FILE = `# A stack.
config:
  mesh:profile: demo
  mesh:istio:
    # Pinned, since the others are.
    version: 1.30.2
    revision: 1-30-2 # its name
    tags: { stable: 1-30-2, other: 1-30-2 }

  # Its own.
  mesh:applications:
    shop:
      services: { cart: { port: 80, versions: { v1: { image: "example.com/cart:1" } } } }
`;
const STEPS = [
  "Istio: 1.31.1 beside 1.30.2",
  "Istio: the namespace bookinfo to 1-31-1",
  "Istio: the namespace shop to 1-31-1",
  "Istio: the tags stable and other to 1-31-1",
  "Istio: the gateway of istio-ingress to 1-31-1",
  "Istio: the gateway of istio-egress to 1-31-1",
  "Istio: 1.31.1 alone",
];

/** The file after each step. */
function after(text: string, to: string): string[] {
  const texts: string[] = [];
  for (const { changes } of planOf(text, to).steps) texts.push(edited(texts.at(-1) ?? text, changes));
  return texts;
}

describe("a plan", () => {
  it("goes by one namespace at a time, tags, gateways, and removes the old one last", () => {
    expect(titles(FILE, "1.31.1")).toEqual(STEPS);
  });

  it("is computed from where the file stands", () => {
    for (const [index, text] of after(FILE, "1.31.1").slice(0, -1).entries()) {
      const { done, steps } = planOf(text, "1.31.1");
      expect(steps.map(({ title }) => title)).toEqual(STEPS.slice(index + 1));
      // The tags of old are no longer there to be told from others.
      const behind = STEPS.slice(0, index + 1).filter((title) => !title.includes("tags"));
      expect(done).toEqual(["Istio: name the control plane of 1.30.2", ...behind]);
    }
  });

  it("ends with the new version alone, for which there is nothing to plan", () => {
    const last = after(FILE, "1.31.1").at(-1) ?? "";
    expect(configOf(last)["mesh:istio"]).toEqual({
      version: "1.31.1",
      revision: "1-31-1",
      tags: { stable: "1-31-1", other: "1-31-1" },
    });
    expect(() => planOf(last, "1.31.1")).toThrow("the stack has Istio 1.31.1 already");
  });

  it("has a file after each step that the settings take", () => {
    for (const text of after(FILE, "1.31.1")) expect(settingsProblems(configOf(text))).toEqual([]);
  });

  it("keeps comments and everything else", () => {
    const [last = ""] = after(FILE, "1.31.1").slice(-1);
    for (const line of ["# A stack.", "    # Pinned, since the others are.", "  # Its own."]) {
      expect(last.split("\n")).toContain(line);
    }
    expect(last.slice(last.indexOf("  # Its own."))).toBe(FILE.slice(FILE.indexOf("  # Its own.")));
  });

  it("names a control plane that has no name, and pins its version", () => {
    const text = "config:\n  mesh:profile: demo\n";
    const [named = ""] = after(text, nextMinor());
    expect(configOf(named)["mesh:istio"]).toEqual({
      version: product.istio,
      revision: product.istio.replaceAll(".", "-"),
    });
    expect(titles(text, nextMinor())[0]).toBe(`Istio: name the control plane of ${product.istio}`);
  });

  it.each([
    ["in one line", `config: { "mesh:istio": { version: 1.30.2, revision: 1-30-2 } }\n`],
    ["as an empty map", "config:\n  mesh:istio: {}\n  mesh:profile: demo\n"],
    ["with quotes", `config:\n  "mesh:istio":\n    "version": "1.30.2"\n    'revision': '1-30-2'\n`],
    ["with a second control plane in one line", oneLineCanary()],
  ])("edits a section written %s", (_, text) => {
    const isPinned = (configOf(text)["mesh:istio"] as Config).version !== undefined;
    const to = isPinned ? "1.31.1" : nextMinor();
    const all = after(text, to);
    for (const each of all) expect(settingsProblems(configOf(each))).toEqual([]);
    expect(configOf(all.at(-1) ?? "")["mesh:istio"]).toMatchObject({ version: to });
  });

  it("does not guess what anchors mean", () => {
    const text = `config:\n  mesh:istio: &istio\n    version: 1.30.2\n    revision: 1-30-2\n  mesh:other: *istio\n`;
    expect(() => after(text, "1.31.1")).toThrow("mesh:istio is not written line by line");
  });
});

describe("the text of a plan", () => {
  it("has diffs that apply one after the other", () => {
    const folder = mkdtempSync(join(tmpdir(), "upgrade-"));
    const file = join(folder, "Pulumi.prod.yaml");
    writeFileSync(file, FILE);
    const text = planText(planOf(FILE, "1.31.1"), "Pulumi.prod.yaml", FILE, " STACK=prod");
    const diffs = [...text.matchAll(/^--- a\/[\s\S]*?(?=\n\nCheck:)/gm)].map(([diff]) => `${diff}\n`);
    expect(diffs).toHaveLength(STEPS.length);
    for (const [index, diff] of diffs.entries()) {
      execFileSync("git", ["apply", "-"], { cwd: folder, input: diff });
      expect(readFileSync(file, "utf8")).toBe(after(FILE, "1.31.1")[index]);
    }
    rmSync(folder, { recursive: true });
  });

  it("says of each step how it is checked and taken back", () => {
    const text = planText(planOf(FILE, "1.31.1"), "Pulumi.prod.yaml", FILE, " STACK=prod");
    expect(text.match(/^== \d+\/8 /gm)).toHaveLength(STEPS.length);
    expect(text.match(/make up STACK=prod && make verify STACK=prod$/gm)).toHaveLength(STEPS.length);
    expect(text.match(/^Way back: revert this change/gm)).toHaveLength(STEPS.length);
    expect(text).toContain("Nothing is changed by this plan.");
  });

  it("speaks of the way in place only where Istio supports it", () => {
    const inPlace = "It also goes in place";
    expect(planText(planOf(FILE, "1.31.1"), "f", FILE, "")).toContain(inPlace);
    expect(planText(planOf(FILE, "1.32.0"), "f", FILE, "")).not.toContain(inPlace);
  });
});

describe("a version to go to", () => {
  const withIstio = (istio: object) => dump({ config: { "mesh:istio": { version: "1.30.2", ...istio } } });

  it.each([
    ["that is missing", {}, "", "TO is missing"],
    ["that is none", {}, "latest", "TO is no version"],
    ["of two numbers", {}, "1.31", "TO is no version"],
    ["with a v", {}, "v1.31.1", "TO is no version"],
    ["with a command in it", {}, "1.31.1; rm -rf /", "TO is no version"],
    ["that is there", {}, "1.30.2", "the stack has Istio 1.30.2 already"],
    ["that is older", {}, "1.29.9", "is older than 1.30.2, which the stack has: go back by reverting"],
    ["that skips two minor versions", {}, "1.33.0", "Istio supports 2 minor versions at a time, so go to one between"],
    ["of another world", {}, "2.0.0", "is too far"],
    ["beside one image for all", { images: { tag: "x" } }, "1.31.1", "mesh:istio.images.tag gives both"],
    [
      "beside another second control plane",
      { revision: "blue", canary: { version: "1.31.0", revision: "green" } },
      "1.31.1",
      "of Istio 1.31.0: go there first with TO=1.31.0",
    ],
    [
      "on the way back",
      { revision: "blue", canary: { version: "1.29.0", revision: "green" } },
      "1.31.1",
      "let the stack take that way back to its end",
    ],
  ])("%s is refused", (_, istio, to, message) => {
    expect(() => planOf(withIstio(istio), to)).toThrow(message);
  });
});

function nextMinor(): string {
  const [major, minor = ""] = product.istio.split(".");
  return `${major ?? ""}.${Number(minor) + 1}.0`;
}

function oneLineCanary(): string {
  return [
    "config:",
    "  mesh:istio:",
    "    version: 1.30.2",
    "    revision: 1-30-2",
    "    canary: { version: 1.31.1, revision: 1-31-1 }",
    "",
  ].join("\n");
}
