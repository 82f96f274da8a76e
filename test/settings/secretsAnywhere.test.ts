import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fullHosts } from "../components/traffic/fixtures.ts";
import { settingsProblems } from "../../settings/parse.ts";
import { changed, everything, leavesOf, mapsOf, type Path } from "./everything.ts";
import { configurations } from "./examples.ts";
import { inStackFile } from "./stackFile.ts";

type Config = Readonly<Record<string, unknown>>;

const SECRET = { secure: "v1:abc" };
/** What looks like a secret, and is none to the engine. */
const FALSE_SECRETS = [
  { secure: 5 },
  { secure: null },
  { secure: true },
  { secure: ["v1:abc"] },
  { ...SECRET, other: 1 },
];

const configs: readonly Config[] = [...configurations, inStackFile({ traffic: fullHosts })];
const places = (of: (config: unknown) => Path[]) =>
  configs.flatMap((config) =>
    of(config)
      .filter(([key]) => String(key).startsWith("mesh:"))
      .map((path) => ({ config, path })),
  );
const at = (value: unknown, path: Path) =>
  path.reduce<unknown>((part, key) => (part as Record<string | number, unknown>)[key], value);

/** Whole sections, which nobody can look into; and what a chart, an add-on or a node gets, which may be anything. */
const isFree = ([section, ...rest]: Path) =>
  rest.length === 0 ||
  (/^mesh:(istio|observability)$/.test(String(section)) && rest.includes("values")) ||
  rest.some((key) => ["configuration", "nodeConfig", "settings"].includes(String(key)));
const leaves = places(leavesOf).filter(({ path }) => !isFree(path));
const maps = places(mapsOf).filter(({ path }) => !isFree(path));

const problemsWith = (config: Config, path: Path, value: unknown) => settingsProblems(changed(config, path, value));

describe("a secret", () => {
  it("in the place of a number, of a boolean or of a map is refused as one, with its path", () => {
    const wrong = [...leaves, ...maps].filter(({ config, path }) => {
      const value = at(config, path);
      return typeof value !== "string" && !(value !== null && typeof value === "object" && "secure" in value);
    });
    expect(wrong.length).toBeGreaterThan(500);
    for (const { config, path } of wrong) {
      const here = String(path.at(-1));
      const found = problemsWith(config, path, SECRET).filter(
        ({ path: where, reason }) => where.includes(here) && reason.includes("it is a secret"),
      );
      expect(found, path.join(".")).toHaveLength(1);
    }
  });

  it.each([
    "mesh:istio.ingressGateway.type",
    "mesh:istio.mtls",
    "mesh:bookinfo.ratings.database",
    "mesh:bookinfo.images.pullPolicy",
    "mesh:cluster.eks.access.ci.level",
  ])("in the place of one of several words is refused as one: %s", (path) => {
    const problems = problemsWith(inStackFile(everything), path.split("."), SECRET);
    expect(problems).toContainEqual({ path, reason: expect.stringMatching(/^must be .*; it is a secret$/) as string });
  });

  it("that is none to the engine is refused wherever a text has to stand", () => {
    const texts = leaves.filter(({ config, path }) => typeof at(config, path) === "string");
    expect(texts.length).toBeGreaterThan(400);
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.constantFrom(...FALSE_SECRETS), ({ config, path }, value) => {
        expect(problemsWith(config, path, value)).not.toEqual(settingsProblems(config));
      }),
      { numRuns: 500 },
    );
  });

  it("without content is refused, in a section and in its place", () => {
    const config = {
      "mesh:istio": { secure: "" },
      "mesh:bookinfo": { ratings: { database: "mysql", password: { secure: "" } } },
    };
    expect(settingsProblems(config)).toEqual([
      expect.objectContaining({ path: "mesh:istio" }),
      {
        path: "mesh:bookinfo.ratings.password",
        reason:
          "is a secret without content: remove it there, then set it with: pulumi config set --secret --path 'mesh:bookinfo.ratings.password'",
      },
    ]);
  });

  it("at any places at once does not end the check", () => {
    const some = fc.constantFrom(...configs).chain((config) => {
      const all = [...leavesOf(config), ...mapsOf(config)].filter(({ length }) => length > 1);
      const chosen = fc.subarray(all);
      return fc.tuple(fc.constant(config), chosen, fc.constantFrom(SECRET, ...FALSE_SECRETS));
    });
    fc.assert(
      fc.property(some, ([config, chosen, value]) => {
        // From the inside out: what stands in a secret is gone.
        const deepestFirst = [...chosen].sort((a, b) => b.length - a.length);
        const changedConfig = deepestFirst.reduce((before, path) => changed(before, path, value), config);
        expect(settingsProblems(changedConfig)).toBeInstanceOf(Array);
      }),
      { numRuns: 300 },
    );
  });
});
