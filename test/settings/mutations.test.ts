import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MeshNamespace } from "../../components/application/meshNamespace.ts";
import { HostTraffic } from "../../components/traffic/hostTraffic.ts";
import type { HostTrafficOptions, HostTrafficSection } from "../../components/traffic/hostTrafficOptions.ts";
import { limitDomain } from "../../components/traffic/rateLimit/meshRateLimit.ts";
import { RateLimitService } from "../../components/traffic/rateLimit/service/rateLimitService.ts";
import { pathText, type Problem } from "../../lib/schema/problems.ts";
import { settingsProblems } from "../../settings/parse.ts";
import { hasIstioctl } from "../charts.ts";
import { istioObjects } from "../components/traffic/declared.ts";
import { fullHosts } from "../components/traffic/fixtures.ts";
import { mesh } from "../components/mesh.ts";
import { validate } from "../istioctl.ts";
import { record } from "../recorder.ts";
import { changed, leavesOf, mapsOf, type Path } from "./everything.ts";
import { configurations } from "./examples.ts";
import { inStackFile } from "./stackFile.ts";

/*
 * Stack files that are right, each with one change of which it is known what has to be said of it. The changes are drawn
 * by a seed, so that a failure comes again.
 */

const SEED = 20261128;
type Config = Readonly<Record<string, unknown>>;

/** All that can be said about traffic, in a stack that has the namespace of these hosts, and none of their services. */
const allTraffic = inStackFile({
  bookinfo: { enabled: false },
  applications: { shop: { namespace: "bookinfo", services: { cart: { versions: { v1: { image: "acme/cart:1" } } } } } },
  traffic: Object.fromEntries(
    Object.entries(fullHosts).map(([name, rules]) => [name, { namespace: "bookinfo", ...rules }]),
  ),
});
const right = [...configurations, allTraffic].filter((config) => settingsProblems(config).length === 0);

/** A setting in a stack file that is right. */
interface Place {
  readonly config: Config;
  readonly path: Path;
}

/** Maps and values in which anybody may write anything: those of charts, of programs, and of providers. */
const FREE = /^aws:|\.(values|configuration|nodeConfig|settings)(\.|$)|\.(env|secretEnv|command|args)(\.|\[|$)/;
/** Maps with names of the user's own. */
const NAMES =
  /^mesh:(applications|traffic)$|(^|\.)(services|versions|subsets|to|headers|withoutHeaders|queryParams|set|add|ports|workloads|endpoints|routes|labels|sourceLabels|workload|annotations|podAnnotations|nodes|access|addons|podIdentity|tags|providers|namespaces|portLevelSettings|from|distribute|failover)$/;

const textOf = (path: Path) => path.map(String).reduce((text, key) => (text === "" ? key : `${text}.${key}`), "");
const at = ({ config, path }: Place) =>
  path.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], config);

const placesIn = (pathsOf: (config: Config) => Path[]): Place[] =>
  right.flatMap((config) => pathsOf(config).map((path) => ({ config, path })));
const values = placesIn(leavesOf).filter(({ path }) => !FREE.test(textOf(path)));
const maps = placesIn(mapsOf).filter(({ path }) => path.length > 0 && !FREE.test(textOf(path)));

/** Texts of several lines, in which blanks and line breaks have a meaning, are left out. */
const inOneLine = values.filter(({ path }) => !/\.(filter|body)$|nnotations\./.test(textOf(path)));

/** A place and what to put there. */
type Change = readonly [Place, unknown];

const drawn = (places: readonly Place[], others: (value: unknown) => readonly unknown[]): fc.Arbitrary<Change> =>
  fc
    .constantFrom(...places.filter((place) => others(at(place)).length > 0))
    .chain((place) => fc.constantFrom(...others(at(place))).map((value): Change => [place, value]));

const withKey =
  (name: string) =>
  (map: unknown): unknown[] => [
    JSON.parse(
      JSON.stringify(map)
        .replace(/^\{/, `{${JSON.stringify(name)}:{},`)
        .replace(",}", "}"),
    ),
  ];

const INVISIBLE = ["\0", "\n", "\u007f", "\u00a0", "\u200b", "\u202e", "\u2028", "\ufeff"];

/** Changes that make a right stack file wrong, whatever setting they meet. */
const WRONG: Record<string, fc.Arbitrary<Change>> = {
  "a value of another type": drawn(values, (value) => [typeof value === "string" ? { a: [] } : "text", [[]]]),
  "nothing in place of a value": drawn(values, () => [null]),
  "a secret where no text can be": drawn(values, (value) =>
    typeof value === "string" || typeof value === "object" ? [] : [{ secure: "v1:abc" }],
  ),
  "a number that is none of its kind": drawn(values, (value) =>
    typeof value === "number" ? [-1, 1e21, Number.MAX_SAFE_INTEGER] : [],
  ),
  "an invisible character": drawn(inOneLine, (value) =>
    typeof value === "string" ? INVISIBLE.map((character) => `${value.slice(0, 1)}${character}${value.slice(1)}`) : [],
  ),
  "a blank at an end": drawn(inOneLine, (value) => (typeof value === "string" ? [` ${value}`, `${value}\t`] : [])),
  "a text without end": drawn(values, (value) => (typeof value === "string" ? [value + "a".repeat(120_000)] : [])),
  "a text in place of a map": drawn(maps, () => ["text", 5, true]),
  "a list in place of a map": drawn(maps, (map) => (Object.keys(map as object).length > 0 ? [[[]]] : [])),
  "a setting that is not known": drawn(
    maps.filter(({ path }) => !NAMES.test(textOf(path))),
    withKey("zzTop"),
  ),
  "a name that JavaScript keeps for itself": drawn(maps, withKey("__proto__")),
};

const problemsWith = ([{ config, path }, value]: Change): readonly Problem[] =>
  settingsProblems(changed(config, path, value));

/** Whether it is about the setting, about what is in it, or about the map that it is in. */
const concerns = (path: Path) => {
  const [top = "", ...rest] = path;
  const place = `mesh:${pathText([String(top).replace(/^mesh:/, ""), ...rest])}`;
  const around = `mesh:${pathText([String(top).replace(/^mesh:/, ""), ...rest.slice(0, -1)])}`;
  return ({ path: where }: Problem) => where.startsWith(place) || around.startsWith(where) || where.startsWith(around);
};

describe("a stack file that is right but for one change", () => {
  it("is one of many, with every section", () => {
    expect(right).toContain(allTraffic);
    expect(right.length).toBeGreaterThan(15);
    expect(values.length).toBeGreaterThan(500);
    expect(maps.length).toBeGreaterThan(200);
  });

  it.each(Object.entries(WRONG))("is refused where the change is %s, at its place", (_kind, changes) => {
    fc.assert(
      fc.property(changes, (change) => {
        const problems = problemsWith(change);
        const [{ path }] = change;
        expect(problems.filter(concerns(path)), textOf(path)).not.toEqual([]);
      }),
      { seed: SEED, numRuns: Math.ceil(5000 / Object.keys(WRONG).length) },
    );
  });

  it("is accepted where a section is written as JSON, as Pulumi itself writes it, or its keys in another order", () => {
    const turned = (value: unknown): unknown =>
      typeof value !== "object" || value === null || Array.isArray(value)
        ? value
        : Object.fromEntries(Object.entries(value).toReversed());
    for (const config of right) {
      for (const [key, value] of Object.entries(config)) {
        const other = typeof value === "object" ? [JSON.stringify(value), turned(value)] : [];
        for (const each of other) expect(settingsProblems({ ...config, [key]: each }), key).toEqual([]);
      }
    }
  });
});

/** Hosts of `mesh:traffic` that have a value of another setting in one place, and that settings have nothing against. */
function acceptedHosts(count: number): (readonly [name: string, rules: HostTrafficOptions])[] {
  const hosts = values.filter(({ path }) => path[0] === "mesh:traffic" && path.length > 2);
  const more = [0, 1, 50, 99, 100, 443, 503, 9080, "1ms", "2s", "1h", "v2", "/", "/a", "GET", "*"];
  const change = fc.tuple(fc.constantFrom(...hosts), fc.constantFrom(...new Set(hosts.map(at)), ...more));
  return fc.sample(change, { seed: SEED, numRuns: count }).flatMap(([{ config, path }, value]) => {
    const other = changed(config, path, value);
    if (settingsProblems(other).length > 0) return [];
    const [, host = ""] = path;
    const rules = (other["mesh:traffic"] as Record<string, Record<string, unknown>>)[host];
    return [[String(host), { ...rules, namespace: undefined } as unknown as HostTrafficOptions]];
  });
}

describe.skipIf(!hasIstioctl)("traffic with a value from elsewhere, if settings accept it", () => {
  it("is accepted by Istio as well", async () => {
    const hosts = acceptedHosts(3000);
    expect(hosts.length).toBeGreaterThan(250);
    const resources = await record(() => {
      for (const [index, [name, rules]] of hosts.entries()) {
        const place = { namespace: new MeshNamespace(`n${index}`), mesh: mesh() };
        const { rateLimit: limits, host = name } = rules as HostTrafficSection;
        const domain = limitDomain(host.split(".")[0] ?? host, place.namespace.name);
        const rateLimitService =
          limits?.scope === "mesh"
            ? new RateLimitService(`limits-${index}`, { ...place, hosts: [{ domain, limits }], profile: "demo" })
            : undefined;
        new HostTraffic(name, { ...rules, ...place, rateLimitService });
      }
    }, /^(mesh|kubernetes):/);
    expect(validate(istioObjects(resources))).toBe("");
  });
});
