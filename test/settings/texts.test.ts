import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pathText } from "../../lib/schema/problems.ts";
import { parseSettings, settingsProblems } from "../../settings/parse.ts";
import { changed, everything, leavesOf, mapsOf } from "./everything.ts";
import { configurations } from "./examples.ts";
import { inStackFile, shop } from "./stackFile.ts";

type Settings = Readonly<Record<string, unknown>>;

const wordsOf = (settings: Settings) =>
  settingsProblems(inStackFile(settings)).map(({ path, reason }) => `${path.replace(/^mesh:/, "")} ${reason}`);
const pathsOf = (settings: Settings) =>
  settingsProblems(inStackFile(settings)).map(({ path }) => path.replace(/^mesh:/, ""));

const header = (exact: string) => ({
  traffic: { reviews: { routes: [{ match: [{ headers: { "end-user": { exact } } }] }] } },
});
const HEADER = "traffic.reviews.routes[0].match[0].headers.end-user.exact";
const uri = (exact: string) => ({
  traffic: { reviews: { routes: [{ match: [{ uri: { exact } }], to: { v1: 100 } }], subsets: { v1: {} } } },
});

describe("a text in the settings", () => {
  it.each<[what: string, text: string, reason: string]>([
    ["NUL", "jas\0on", "has an invisible character in it, U+0000: leave it out"],
    ["a line break", "jason\n", "has an invisible character in it, U+000A: leave it out"],
    ["a letter of no width", "jas\u200bon", "has an invisible character in it, U+200B: leave it out"],
    ["a turn of the writing direction", "\u202ejason", "has an invisible character in it, U+202E: leave it out"],
    ["a soft hyphen", "ja\u00adson", "has an invisible character in it, U+00AD: leave it out"],
    ["a no-break space", "ja\u00a0son", "has an invisible character in it, U+00A0: leave it out"],
    ["a blank before it", " jason", "has a blank at its beginning or its end: leave it out"],
    ["a blank after it", "jason ", "has a blank at its beginning or its end: leave it out"],
    ["no end", "j".repeat(8193), "must be at most 8192 characters long"],
  ])("is refused where it has %s", (_what, text, reason) => {
    expect(wordsOf(header(text))).toContain(`${HEADER} ${reason}`);
  });

  it("may have letters of any language, and blanks inside", () => {
    expect(pathsOf(header("Zoë  Müller 日本"))).not.toContain(HEADER);
  });

  it("has letters of URLs where it is a part of one", () => {
    // The а is Cyrillic.
    expect(wordsOf(uri("/p\u0430ge"))).toContain(
      "traffic.reviews.routes[0].match[0].uri.exact has a letter that URLs do not have, U+0430: percent-encode it",
    );
    expect(wordsOf(uri("/page%D0%B0"))).toEqual([]);
  });

  it.each<[what: string, settings: Settings]>([
    ["a variable", shop({ env: { KEY: " -----BEGIN\n\t\u200b " } })],
    ["a command", shop({ command: ["sh", "-c", "a\n\nb\n"], args: [" "] })],
    ["a chart's value", { istio: { values: { istiod: { a: { b: [" \u200b\n"] } } } } }],
    ["an annotation", shop({ podAnnotations: { "example.com/a": "one\ntwo\n" } })],
    [
      "an answer",
      { traffic: { reviews: { routes: [{ directResponse: { status: 503, body: "away\n\nback soon\n" } }] } } },
    ],
    ["a filter", { telemetry: { mesh: { accessLog: { filter: "response.code >= 400\n  && true\n" } } } }],
  ])("is for others to judge where it is %s", (_what, settings) => {
    expect(wordsOf(settings).filter((words) => /invisible|blank|characters long/.test(words))).toEqual([]);
  });

  it("is refused for a control character wherever one is never meant", () => {
    const free = /(env|secretEnv|command|args|values|configuration|nodeConfig|settings)(\.|\[|$)|password$|signingKey$/;
    const texts = leavesOf(everything).filter((path) => !free.test(pathText(path)));
    expect(texts.length).toBeGreaterThan(100);
    for (const path of texts) expect(pathsOf(changed(everything, path, "a\u0007b"))).toContain(pathText(path));
  });
});

describe("a name in the settings", () => {
  const maps = mapsOf(everything).filter(({ length }) => length > 0);

  it("is never __proto__, in any map", () => {
    for (const path of maps) {
      const here = [...path, "__proto__"];
      const found = pathsOf(changed(everything, here, { bogus: 1 }));
      expect(found).toContain(pathText(here));
    }
  });

  it("may be one of JavaScript's own words, which are words like others", () => {
    const own = Object.getOwnPropertyNames(Object.prototype).filter((name) => name !== "__proto__");
    const values = fc.constantFrom<unknown>("a", {}, { routes: [{ timeout: "3s" }] }, { secure: "v1:abc" }, [], 1);
    const all = configurations.flatMap((config) =>
      mapsOf(config)
        .filter(({ length }) => length > 0)
        .map((path) => ({ config, path })),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.constantFrom(...own, "prototype"),
        values,
        ({ config, path }, name, value) => {
          expect(settingsProblems(changed(config, [...path, name], value))).toBeInstanceOf(Array);
        },
      ),
      { numRuns: 500 },
    );
    const traffic = {
      constructor: { routes: [{ timeout: "3s" }], subsets: { prototype: { labels: { constructor: "a" } } } },
    };
    expect(wordsOf({ traffic, ...shop({ env: { constructor: "a", toString: "b" } }) })).toEqual([]);
  });

  it.each(["example.com/a", "a", "A.b_c-d", "sidecar.istio.io/inject", "Example.COM/a", "a".repeat(63)])(
    "of an annotation may be %s",
    (name) => {
      expect(wordsOf(shop({ podAnnotations: { [name]: "b" } }))).toEqual([]);
    },
  );

  it.each([
    "",
    "a ",
    "example.coma/",
    "/a",
    "a/b/c",
    "-a",
    "a-",
    "a b",
    "ä",
    "exa_mple.com/a",
    "a".repeat(64),
    `${"a".repeat(254)}/a`,
  ])("of an annotation is refused as the API server would: %s", (name) => {
    const places: Settings[] = [
      shop({ podAnnotations: { [name]: "b" } }),
      { istio: { ingressGateway: { annotations: { [name]: "b" } } } },
      { traffic: { reviews: { ingress: { hosts: ["a.example.com"], annotations: { [name]: "b" } } } } },
    ];
    for (const settings of places) {
      expect(
        wordsOf(settings).filter((words) => words.includes("has a wrong name: it must be the name of an annotation")),
      ).toHaveLength(1);
    }
  });
});

describe("settings of great size", () => {
  const deep = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`);
  it.each<[what: string, config: Settings, paths: string[]]>([
    [
      "60,000 hosts",
      {
        "mesh:traffic": Object.fromEntries(
          Array.from({ length: 60_000 }, (_, i) => [`service-${i}.example.com`, { routes: [{ timeout: "3s" }] }]),
        ),
      },
      ["mesh:traffic"],
    ],
    [
      "20,000 unknown keys",
      { "mesh:istio": Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`key${i}`, 1])) },
      ["mesh:istio"],
    ],
    ["a scenario of 1 MB", { "mesh:scenario": "mirror".repeat(170_000) }, ["mesh:scenario"]],
    [
      "10,000 levels",
      { "mesh:istio": JSON.stringify({ values: 1 }).replace("1", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`) },
      ["mesh:istio.values.a"],
    ],
  ])("are answered within two seconds: %s", (_what, config, paths) => {
    const begin = performance.now();
    expect(settingsProblems(config).map(({ path }) => path)).toEqual(paths);
    expect(performance.now() - begin).toBeLessThan(2000);
  });

  it.each<[what: string, raw: Settings]>([
    ["7,000 unknown keys", Object.fromEntries(Array.from({ length: 7000 }, (_, i) => [`istio${i}`, 1]))],
    ["a scenario of 1 MB", { scenario: "mirror".repeat(170_000) }],
    ["10,000 levels", { istio: deep(10_000) }],
    ["10,000 levels of a chart", { istio: { values: { istiod: deep(10_000) } } }],
  ])("are answered within two seconds in the program: %s", (_what, raw) => {
    const begin = performance.now();
    expect(parseSettings(raw)).toHaveProperty("problems");
    expect(performance.now() - begin).toBeLessThan(2000);
  });
});
