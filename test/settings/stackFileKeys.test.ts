import { describe, expect, it } from "vitest";
import { wrongSettings } from "../../lib/schema/problems.ts";
import { settingsProblems } from "../../settings/parse.ts";
import { configOf, unreadable } from "../../settings/stackFileKeys.ts";

const wordsOf = (document: unknown) => configOf(document).problems.map(({ path, reason }) => `${path} ${reason}`);

describe("the file of a stack", () => {
  it.each<[what: string, document: unknown, config: unknown]>([
    ["nothing", null, {}],
    ["a salt alone, as after `pulumi stack init`", { encryptionsalt: "v1:abc" }, {}],
    ["an empty config", { config: null }, {}],
    [
      "what Pulumi keeps in it",
      { secretsprovider: "awskms://a", encryptedkey: "b", environment: ["c"], config: { "mesh:profile": "demo" } },
      { "mesh:profile": "demo" },
    ],
  ])("may have %s", (_what, document, config) => {
    expect(configOf(document)).toEqual({ config, problems: [] });
  });

  it.each<[what: string, document: unknown, words: string]>([
    ["confg", { confg: { "mesh:profile": "demo" } }, "confg is no key of a stack file; did you mean config?"],
    ["Config", { Config: { "mesh:profile": "demo" } }, "Config is no key of a stack file; did you mean config?"],
    [
      "a setting without config",
      { "mesh:profile": "demo" },
      "mesh:profile stands outside of config: indent it below config:",
    ],
    [
      "a setting without anything",
      { profile: "demo" },
      "profile stands outside of config: write it as mesh:profile, indented below config:",
    ],
    ["a blank in its key", { "\u00a0config": {} }, '["\u00a0config"] is no key of a stack file; did you mean config?'],
    [
      "any other key",
      { something: 1 },
      "something is no key of a stack file; there are config, environment, secretsprovider, encryptedkey, encryptionsalt",
    ],
    ["a text", "hello", "the file must be a map, with the settings under config; it is a string"],
    ["a number", 42, "the file must be a map, with the settings under config; it is a number"],
    ["a list", ["a"], "the file must be a map, with the settings under config; it is a list"],
    [
      "a text for config",
      { config: "hello" },
      "config must be a map of settings, such as mesh:profile: demo; it is a string",
    ],
    [
      "a list for config",
      { config: ["hello"] },
      "config must be a map of settings, such as mesh:profile: demo; it is a list",
    ],
  ])("is refused where it is or has %s", (_what, document, words) => {
    expect(wordsOf(document)).toEqual([words]);
  });

  it("that cannot be read is refused with the paths of its settings", () => {
    const problems = [
      { path: [], reason: "has several documents" },
      { line: 2, path: [], reason: "is not YAML" },
      { line: 4, path: ["config", "mesh:traffic", "a.b", 0], reason: "is octal" },
      { line: 5, path: ["config"], reason: "has a name" },
    ];
    expect(unreadable("Pulumi.dev.yaml", problems).split("\n")).toEqual([
      "Pulumi.dev.yaml cannot be read as it stands:",
      "  it has several documents",
      "  line 2 is not YAML",
      '  mesh:traffic["a.b"][0] (line 4) is octal',
      "  config (line 5) has a name",
    ]);
  });
});

describe("a namespace", () => {
  it.each([
    ["mehs:profile", "did you mean mesh:profile?"],
    ["Mesh:profile", "did you mean mesh:profile?"],
    ["mesh-:profile", "did you mean mesh:profile?"],
    ["bookinfo-mesh:profile", "did you mean mesh:profile?"],
    ["asw:region", "did you mean aws:region?"],
    ["kuberntes:context", "did you mean kubernetes:context?"],
    ["gcp:project", "there are mesh, pulumi, aws, eks, kubernetes"],
  ])("that nothing reads is refused: %s", (key, hint) => {
    expect(settingsProblems({ [key]: "demo" })).toEqual([
      { path: key, reason: `has a namespace that nothing in this program reads; ${hint}` },
    ]);
  });

  it("may not be left out, and is no section", () => {
    expect(settingsProblems({ mesh: { profile: "demo" } })).toEqual([
      {
        path: "mesh",
        reason: "has no settings of its own: write mesh: before each of them, such as mesh:profile",
      },
    ]);
  });
});

describe("the words about a stack file", () => {
  it("name the first fifty problems, and how many more there are", () => {
    const problems = Array.from({ length: 20_000 }, (_, i) => ({ path: `mesh:${i}`, reason: "is no setting" }));
    const lines = wrongSettings("Pulumi.dev.yaml", problems).split("\n");
    expect(lines).toHaveLength(52);
    expect(lines[0]).toBe("20000 settings are wrong in Pulumi.dev.yaml:");
    expect(lines.at(-1)).toBe("  … and 19950 more");
  });
});
