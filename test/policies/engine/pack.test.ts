import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { readExemptions } from "../../../policies/engine/exemptions.ts";
import { withoutDuplicates } from "../../../policies/engine/levels.ts";
import { policiesOf, settingsSchema } from "../../../policies/engine/pack.ts";
import { rules } from "../../../policies/rules/index.ts";
import { imageTagPinned } from "../../../policies/rules/workload/image-tag-pinned.ts";
import { routedSubsetExists } from "../../../policies/rules/virtual-service/routed-subset-exists.ts";
import { ruleFiles } from "../../../tools/generate/indexes.ts";
import { Engine, secret, urnOf, type Resource } from "../engine.ts";
import { unknown } from "../judge.ts";

const hasCharts = existsSync(path.join(process.env.ISTIO_CHARTS ?? "", "../../pkg/config"));
const folder = path.join(import.meta.dirname, "../../../policies");

const deployment = (image: unknown): Resource => ({
  type: "kubernetes:apps/v1:Deployment",
  name: "reviews-v1",
  props: { spec: { template: { spec: { containers: [{ name: "reviews", image }] } } } },
});

const routes = (subset: unknown): Resource => ({
  type: "kubernetes:networking.istio.io/v1:VirtualService",
  name: "reviews-routes",
  props: {
    metadata: { namespace: "bookinfo" },
    spec: { hosts: ["reviews"], http: [{ route: [{ destination: { host: "reviews", subset } }] }] },
  },
});

const versions = (...subsets: unknown[]): Resource => ({
  type: "kubernetes:networking.istio.io/v1:DestinationRule",
  name: "reviews-versions",
  props: { metadata: { namespace: "bookinfo" }, spec: { host: "reviews", subsets: subsets.map((name) => ({ name })) } },
});

const notYet = (resource: Resource): Resource => ({ ...resource, props: {} });
const UNDECIDED = /cannot be checked yet.*: (.*)$/;

describe("a rule on one object, through the engine's protocol", () => {
  const engine = new Engine(...policiesOf([imageTagPinned]));
  const here = "spec.template.spec.containers[0].image";

  it("lets pass what is right, and what it does not look at", async () => {
    expect(await engine.analyze(deployment("reviews:1.20.3"))).toEqual([]);
    expect(await engine.analyze({ type: "aws:s3/bucket:Bucket", name: "b", props: { image: "x" } })).toEqual([]);
  });

  it("says what must hold, why, where, and the way out", async () => {
    const [diagnostic, ...more] = await engine.analyze(deployment("reviews"));
    expect(more).toEqual([]);
    expect(diagnostic?.level).toBe("mandatory");
    expect(diagnostic?.message).toBe(
      `${imageTagPinned.title} ${imageTagPinned.rationale}\n${here}: pin the image with a tag other than latest, or with a digest`,
    );
  });

  it("only advises while a value is unknown, with its path", async () => {
    const [diagnostic, ...more] = await engine.analyze(deployment(unknown.text));
    expect(more).toEqual([]);
    expect(diagnostic?.level).toBe("advisory");
    expect(UNDECIDED.exec(diagnostic?.message ?? "")?.[1]).toBe(here);
  });

  it("still forbids what is wrong beside something unknown", async () => {
    const containers = [{ image: unknown.text }, { image: "reviews" }];
    const found = await engine.analyze({ ...deployment(""), props: { spec: { template: { spec: { containers } } } } });
    expect(found.map(({ level }) => level)).toEqual(["mandatory", "advisory"]);
  });

  it("judges a secret without telling it", async () => {
    const [diagnostic] = await engine.analyze(deployment(secret("registry.example/s3cret-word")));
    expect(diagnostic?.level).toBe("mandatory");
    expect(diagnostic?.message).not.toContain("s3cret-word");
  });
});

describe("a rule on the mesh, through the engine's protocol", () => {
  const engine = () => new Engine(...policiesOf([routedSubsetExists]));

  it("lets pass what is right", async () => {
    expect(await engine().analyzeStack(routes("v1"), versions("v1"))).toEqual([]);
  });

  it("points at the object that is wrong", async () => {
    const [diagnostic, ...more] = await engine().analyzeStack(versions("v1"), routes("v2"));
    expect(more).toEqual([]);
    expect(diagnostic).toMatchObject({ level: "mandatory", urn: urnOf(routes("v2")) });
    expect(diagnostic?.message).toContain("spec.http[0].route[0].destination.subset: ");
  });

  it("only advises while a value is unknown, with the object and its path", async () => {
    const [diagnostic, ...more] = await engine().analyzeStack(routes("v2"), versions(unknown.text));
    expect(more).toEqual([]);
    expect(diagnostic?.level).toBe("advisory");
    expect(UNDECIDED.exec(diagnostic?.message ?? "")?.[1]).toBe(
      "DestinationRule reviews-versions spec.subsets[0].name",
    );
  });

  it("judges the declaration where a preview knows nothing of the objects, their cluster being planned too", async () => {
    const preview = engine();
    for (const resource of [routes("v2"), versions("v1")]) expect(await preview.analyze(resource)).toEqual([]);
    const found = await preview.analyzeStack(notYet(routes("v2")), notYet(versions("v1")));
    expect(found).toMatchObject([{ level: "mandatory", urn: urnOf(routes("v2")) }]);
  });

  it("says so when it knows neither", async () => {
    const [diagnostic, ...more] = await engine().analyzeStack(notYet(routes("v2")));
    expect(more).toEqual([]);
    expect(diagnostic?.level).toBe("advisory");
    expect(UNDECIDED.exec(diagnostic?.message ?? "")?.[1]).toBe("VirtualService reviews-routes everything");
  });

  it("takes the last declaration, and forgets an object that is gone", async () => {
    const twice = engine();
    for (const resource of [routes("v2"), routes("v1"), versions("v1")]) await twice.analyze(resource);
    expect(await twice.analyzeStack(notYet(routes("v1")), notYet(versions("v1")))).toEqual([]);
    expect(await twice.analyzeStack(notYet(routes("v1")))).toMatchObject([{ level: "mandatory" }]);
  });

  it("does not tell a secret", async () => {
    const found = await engine().analyzeStack(routes(secret("s3cret-word")));
    expect(found).toHaveLength(1);
    expect(JSON.stringify(found)).not.toContain("s3cret-word");
  });
});

describe("what is left out", () => {
  const duplicate = { ...imageTagPinned, id: "image-has-a-tag", duplicateOf: imageTagPinned.id };

  it("is a rule that repeats another one, if that one is there", () => {
    expect(policiesOf([imageTagPinned, duplicate]).map(({ name }) => name)).toEqual([imageTagPinned.id]);
    expect(policiesOf([duplicate]).map(({ name }) => name)).toEqual([duplicate.id]);
  });

  it.each([
    ["*", []],
    ["IST0101", []],
    ["IST0102", ["mandatory"]],
  ])("is a finding whose code the object's annotation lists: %s", async (codes, levels) => {
    const rule = { ...imageTagPinned, codes: ["IST0101"] };
    const resource = deployment("reviews");
    const metadata = { annotations: { "galley.istio.io/analyze-suppress": codes } };
    const engine = new Engine(...policiesOf([rule]));
    const said = await engine.analyze({ ...resource, props: { ...resource.props, metadata } });
    expect(said.map(({ level }) => level)).toEqual(levels);
  });
});

describe("the pack", () => {
  it.each(rules.map((rule) => [rule.id, rule] as const))("%s can be told in a message", (id, rule) => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    for (const sentence of [rule.title, rule.rationale]) expect(sentence).toMatch(/^[A-Za-z`].*\.$/s);
    // What to do is one sentence, and not what must hold once more.
    expect(rule.remediation).toMatch(/^[A-Z](?:(?![.?!]\s).)*[^.?!]\.$/);
    expect(rule.remediation).not.toBe(rule.title);
    for (const code of rule.codes) expect(code).toMatch(/^(IST|KIA)\d{4}$/);
  });

  it.each(rules.filter(({ codes }) => codes.length > 0).map((rule) => [rule.id, rule] as const))(
    "%s names the files of the tools whose codes it has",
    (_id, { codes, sources = [] }) => {
      const tools = codes.map((code) => (code.startsWith("IST") ? "istio" : "kiali"));
      expect(new Set(sources.map((source) => source.split("/")[0]))).toEqual(new Set(tools));
      expect(new Set(sources).size).toBe(sources.length);
    },
  );

  it.skipIf(!hasCharts)("names files that Istio has (needs ISTIO_CHARTS of Istio's source)", () => {
    const files = rules.flatMap(({ sources = [] }) => sources).filter((source) => source.startsWith("istio/"));
    const root = path.join(process.env.ISTIO_CHARTS ?? "", "../..");
    expect(files.filter((file) => !existsSync(path.join(root, file.slice("istio/".length))))).toEqual([]);
  });

  it("has rules that repeat rules which are there and repeat none themselves", () => {
    const ids = new Set(withoutDuplicates(rules).map(({ id }) => id));
    expect(rules.flatMap(({ duplicateOf }) => duplicateOf ?? []).filter((id) => !ids.has(id))).toEqual([]);
  });

  it("has every rule once, and every file of rules has a test", () => {
    const ids = rules.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    // A rule's file has its name, and a file beside it in no folder lib is a rule.
    const files = ruleFiles();
    expect(files.map((file) => path.basename(file)).sort()).toEqual([...ids].sort());
    expect(files.filter((file) => !existsSync(path.join(import.meta.dirname, "../rules", `${file}.test.ts`)))).toEqual(
      [],
    );
  });

  it.each(readdirSync(path.join(folder, "config")))("config/%s sets what there is to set", (file) => {
    // The engine takes an unknown name without a word, and the rule stays at the level that it had.
    const configuration = JSON.parse(readFileSync(path.join(folder, "config", file), "utf8")) as Record<
      string,
      unknown
    >;
    const byId = new Map(withoutDuplicates(rules).map((rule) => [rule.id, rule]));
    for (const [id, entry] of Object.entries(configuration)) {
      const rule = byId.get(id);
      if (rule === undefined) throw new Error(`${file} sets ${id}, which is no rule of the pack`);
      const { enforcementLevel, ...settings } =
        typeof entry === "string" ? { enforcementLevel: entry } : (entry as Record<string, unknown>);
      expect(["advisory", "mandatory", "disabled", ...("remedy" in rule ? ["remediate"] : [])], id).toContain(
        enforcementLevel,
      );
      expect(Object.keys(settings).filter((name) => !(name in settingsSchema(rule)))).toEqual([]);
      expect(() => readExemptions(settings)).not.toThrow();
    }
  });
});
