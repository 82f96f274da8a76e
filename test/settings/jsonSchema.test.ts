import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { load } from "js-yaml";
import { secretSettings } from "../../settings/secrets.ts";
import { SCHEMA_FILE, stackFileSchema } from "../../tools/generate/stackFile/jsonSchema.ts";
import { defaultOf, settingsTree, type Setting } from "../../tools/generate/stackFile/tree.ts";
import { changed, everything, leavesOf, mapsOf } from "./everything.ts";
import { shown } from "./examples.ts";
import { inStackFile } from "./stackFile.ts";
import { wrong } from "./wrong.ts";

const checkout = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(checkout, file), "utf8");
const stacks = ["dev", "staging", "prod", "local"];

/** What a JSON Schema cannot say, such as rules about two values: `make preview` and `pulumi up` refuse it. */
const BEYOND = new Set([
  "MongoDB with a password",
  "MySQL without a password",
  "a database for no Bookinfo",
  "a health path without a port",
  "a host of Bookinfo's",
  "a host of the gateway by a short name",
  "a maximum below the minimum",
  "a name for a gateway",
  "a namespace of Kubernetes",
  "a path that is exact and a prefix",
  "a pod alone in production",
  "a scale for no egress gateway",
  "a service of Bookinfo's in its namespace",
  "a value that the gateway chart forbids",
  "a variable twice",
  "an application called bookinfo beside Bookinfo",
  "an exposed service that does not speak HTTP",
  "an exposed service that is not there",
  "an old place for no egress gateway",
  "more memory requested than allowed",
  "nodePorts with LoadBalancer",
  "nodePorts without a type",
  "one gateway pod in production",
  "the same nodePort twice",
  "the same service twice in a namespace",
  "the sidecar's user",
  "the type of the gateway as a chart's value",
  "two scales",
  "two services whose Deployments share a name",
  "values for no egress gateway",
]);

const isRight = new Ajv({ allErrors: true, allowUnionTypes: true, validateFormats: false }).compile(
  JSON.parse(stackFileSchema()) as Record<string, unknown>,
);
/** What the schema has against a stack file. */
const errorsOf = (file: unknown) =>
  isRight(file) ? [] : (isRight.errors ?? []).map(({ instancePath, message = "" }) => `${instancePath} ${message}`);

/** Every key, by its path. */
function* keysOf(setting: Setting): Iterable<readonly [path: string, setting: Setting]> {
  for (const each of setting.keys.values()) yield [each.path.join("."), each];
  const inside = [setting.items, setting.values, ...setting.alternatives].filter((each) => each !== undefined);
  for (const each of [...setting.keys.values(), ...inside]) yield* keysOf(each);
}
/** All settings, but for charts, collectors and authorities that name more than one source, protocol or place. */
const whole = [
  ["istio", "charts"],
  ["observability", "charts"],
  ["cluster", "eks", "autoscaler", "charts"],
  ["cluster", "eks", "loadBalancerController", "charts"],
].reduce(
  (settings, path) => changed(settings, path, { folder: "./charts" }),
  changed(
    changed(everything, ["istio", "ca"], { secret: everything.istio.ca.secret }),
    ["telemetry", "providers", "lab"],
    { zipkin: { service: "zipkin.lab", port: 9411 } },
  ),
);

const keys = [...keysOf(settingsTree())];

describe("the reference of stack files", () => {
  it("says of every key what it means", () => {
    expect(keys.length).toBeGreaterThan(400);
    expect(keys.filter(([, { docs }]) => docs.text === undefined).map(([path]) => path)).toEqual([]);
  });

  it("says of every key what it has to be", () => {
    expect(keys.filter(([, { type }]) => type === "anything").map(([path]) => path)).toEqual([]);
  });

  it("has the defaults of the schema, where that has any", () => {
    const own = keys.filter(([, { json, docs }]) => json.default !== undefined && docs.default !== undefined);
    expect(own.map(([path]) => path)).toContain("istio.timeout");
    for (const [path, { json, docs }] of own) {
      const { value } = defaultOf({ json, docs });
      // A section whose keys all have defaults is described in words.
      if (value !== undefined) expect(value, path).toEqual(json.default);
    }
  });

  it("knows every secret by its path", () => {
    const paths = keys.map(([path]) => path);
    for (const pattern of secretSettings) {
      const [last, ...rest] = pattern.toReversed();
      expect(paths).toContain((last === "*" ? rest.toReversed() : pattern).join("."));
    }
  });
});

describe("the JSON Schema of stack files", () => {
  it.each(stacks)("is named in the first line of Pulumi.%s.yaml, where editors look for it", (stack) => {
    const [first] = read(`Pulumi.${stack}.yaml`).split("\n");
    expect(first).toBe(`# yaml-language-server: $schema=${SCHEMA_FILE}`);
  });

  it.each(stacks)("has nothing against Pulumi.%s.yaml", (stack) => {
    expect(errorsOf(load(read(`Pulumi.${stack}.yaml`)))).toEqual([]);
  });

  it("has nothing against any stack file of the documents, nor against one with every setting", () => {
    const files = [...shown, inStackFile(whole)];
    expect(files.length).toBeGreaterThan(20);
    for (const config of files) expect(errorsOf({ config }), JSON.stringify(config)).toEqual([]);
  });

  it("has nothing against what Pulumi keeps in the file, against secrets, and against a file without settings", () => {
    expect(
      errorsOf({ config: null, encryptionsalt: "v1:abc", secretsprovider: "awskms://a", environment: ["b"] }),
    ).toEqual([]);
    expect(errorsOf({ config: inStackFile({ istio: { charts: { folder: { secure: "v1:abc" } } } }) })).toEqual([]);
    expect(errorsOf({ config: { "mesh:observability": { secure: "v1:abc" } } })).toEqual([]);
  });

  it.each(mapsOf(whole).filter((path) => !isOthers(path)))("refuses a key that is not known: %j", (...path) => {
    const wrongKey = changed(whole, [...path, "Not-A-Key"], { "Not-A-Key": "x" });
    expect(errorsOf({ config: inStackFile(wrongKey) })).not.toEqual([]);
  });

  it.each(leavesOf(whole).filter((path) => !isOthers(path)))("refuses a map in the place of a value: %j", (...path) => {
    expect(errorsOf({ config: inStackFile(changed(whole, path, { "Not-A-Key": 1 })) })).not.toEqual([]);
  });

  it.each([
    ["a setting outside of config", { "mesh:profile": "demo" }],
    ["a key without its namespace", { config: { profile: "demo" } }],
    ["a namespace that nobody reads", { config: { "mehs:profile": "demo" } }],
    [
      "a password that everybody can read",
      { config: { "mesh:observability": { grafana: { password: "in clear text" } } } },
    ],
    ["a list of settings", { config: ["mesh:profile"] }],
  ])("refuses %s", (_wrong, file) => {
    expect(errorsOf(file)).not.toEqual([]);
  });

  it.each(wrong.filter(([name]) => !BEYOND.has(name)))("refuses %s", (_wrong, settings) => {
    expect(errorsOf({ config: inStackFile(settings) })).not.toEqual([]);
  });
});

/** Values that are for charts and programs of others. */
function isOthers(path: readonly (string | number)[]): boolean {
  return /(^|,)(values|configuration|nodeConfig|settings)(,|$)/.test(path.join());
}
