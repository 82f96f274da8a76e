import { describe, expect, it } from "vitest";
import type { MeshRule, ObjectRule, Rule } from "../../../policies/engine/rule.ts";
import { check } from "../../../policies/cli/check.ts";
import { readDocuments } from "../../../policies/cli/documents.ts";
import { manifestsOf } from "../../../policies/cli/manifests.ts";

const manifests = (content: string) =>
  manifestsOf(readDocuments("a.yaml", content).filter((document) => "value" in document));

const subject = (content: string) => {
  const { objects, sources } = manifests(content);
  return { sets: [{ name: "", objects }], sources };
};

const text = { title: "R.", rationale: "B.", remediation: "W.", severity: "high", codes: ["IST0101"] } as const;
const everyService: ObjectRule = {
  ...text,
  id: "every-service",
  kinds: ["Service"],
  *check({ spec }) {
    yield { path: spec.at("type").path, message: "m" };
  },
};
const FILE = `apiVersion: v1
kind: Service
metadata: {name: reviews}
spec:
  type: ClusterIP
`;

describe("the objects of files", () => {
  it.each<[what: string, content: string, names: string[], others: number]>([
    ["of a kind that rules look at", FILE, ["reviews"], 0],
    ["of another kind", "apiVersion: example/v1\nkind: Thing\nmetadata: {name: a}\n", [], 1],
    ["that are none", "- a\n---\njust: text\n---\nnull\n", [], 3],
    [
      "in lists, in lists of lists",
      "kind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: a}}\n- kind: ServiceList\n  items: [{apiVersion: v1, kind: Service, metadata: {name: b}}, 3]\n",
      ["a", "b"],
      1,
    ],
    [
      "in a list of one kind, without saying so themselves",
      "apiVersion: v1\nkind: ServiceList\nitems: [{metadata: {name: a}}, {metadata: {name: b}, kind: Pod}]\n",
      ["a", "b"],
      0,
    ],
    ["in a list of any kind, without saying which", "kind: List\nitems: [{metadata: {name: a}}]\n", [], 1],
    ["without a name", "apiVersion: v1\nkind: Service\n", [""], 0],
    ["twice", `${FILE}---\n${FILE}`, ["reviews", "reviews"], 0],
  ])("%s", (_what, content, names, others) => {
    const found = manifests(content);
    expect(found.objects.map(({ name }) => name)).toEqual(names);
    expect(found.others).toBe(others);
  });
});

describe("a report", () => {
  const one = (rule: Rule, content = FILE) => check([rule], subject(content)).reports[0];

  it("says which object, by which rule, and where", () => {
    expect(one(everyService)).toEqual({
      rule: "every-service",
      codes: ["IST0101"],
      severity: "error",
      kind: "Service",
      namespace: "default",
      name: "reviews",
      file: "a.yaml",
      line: 5,
      column: 3,
      path: "spec.type",
      message: "m",
    });
  });

  it("leads into a list of objects", () => {
    const list = `kind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  spec:\n    type: ClusterIP\n`;
    expect(one(everyService, list)).toMatchObject({ line: 6, path: "spec.type" });
  });

  it("leads into a list of objects in a list", () => {
    const list = `kind: List\nitems:\n- a\n- kind: List\n  items:\n  - apiVersion: v1\n    kind: Service\n    spec: {type: ClusterIP}\n`;
    expect(one(everyService, list)).toMatchObject({ line: 8, column: 12, path: "spec.type" });
  });

  it.each([
    ["low", "info"],
    ["medium", "warning"],
    ["high", "error"],
    ["critical", "error"],
  ] as const)("of severity %s is of level %s", (severity, level) => {
    expect(one({ ...everyService, severity })?.severity).toBe(level);
  });

  it("may be less bad than what else its rule finds", () => {
    const rule: ObjectRule = { ...everyService, check: () => [{ path: "", message: "m", severity: "low" }] };
    expect(one(rule)?.severity).toBe("info");
  });

  it.each<[what: string, codes: string[], code: string | null | undefined, expected: string[]]>([
    ["all codes of the rule", ["IST0101", "KIA1107"], undefined, ["IST0101", "KIA1107"]],
    ["none, if the rule covers none", [], undefined, []],
    ["the one that it says", ["IST0101", "KIA1107"], "KIA1107", ["KIA1107"]],
    ["none on purpose", ["IST0101"], null, []],
  ])("has %s", (_what, codes, code, expected) => {
    const rule: ObjectRule = {
      ...everyService,
      codes,
      check: () => [{ path: "", message: "m", ...(code !== undefined && { code }) }],
    };
    expect(one(rule)?.codes).toEqual(expected);
  });

  describe("of a rule and one that repeats it", () => {
    const repeating = (path: string): ObjectRule => ({
      ...everyService,
      id: "repeats-it",
      codes: ["KIA1107"],
      severity: "critical",
      duplicateOf: everyService.id,
      check: () => [{ path, message: "the same" }],
    });
    const reportsOf = (...rules: Rule[]) =>
      check(rules, subject(FILE)).reports.map(({ rule, codes, severity }) => ({ rule, codes, severity }));
    const mild: Rule = { ...everyService, severity: "low" };

    it("is one at one place, with both codes and the worse severity", () => {
      const expected = [{ rule: "every-service", codes: ["IST0101", "KIA1107"], severity: "error" }];
      expect(reportsOf(mild, repeating("spec.type"))).toEqual(expected);
      expect(reportsOf(repeating("spec.type"), mild)).toEqual(expected);
    });

    it("are two at two places", () => {
      expect(reportsOf(mild, repeating("spec"))).toHaveLength(2);
    });

    it("is the second one's alone where the first one is silent", () => {
      expect(reportsOf({ ...mild, check: () => [] }, repeating("spec.type"))).toMatchObject([{ rule: "repeats-it" }]);
    });
  });

  it("can be about another object than the one that the rule was asked about", () => {
    const rule: MeshRule = {
      ...text,
      id: "the-second",
      checkMesh: (mesh) =>
        mesh
          .all("Service")
          .slice(1)
          .map((object) => ({ object, path: "", message: "m" })),
    };
    expect(one(rule, `${FILE}---\n${FILE.replace("reviews", "ratings")}`)).toMatchObject({ name: "ratings", line: 7 });
  });

  it.each<[annotation: string, code: string, reported: boolean]>([
    ["galley.istio.io/analyze-suppress: IST0101", "IST0101", false],
    ["galley.istio.io/analyze-suppress: 'IST0102,IST0101'", "IST0101", false],
    ["galley.istio.io/analyze-suppress: '*'", "IST0101", false],
    ["galley.istio.io/analyze-suppress: IST0102", "IST0101", true],
    ["galley.istio.io/analyze-suppress: '*'", "KIA1107", true],
    ["kiali.io/ignore-validations: ''", "KIA1107", false],
    ["kiali.io/ignore-validations: 'KIA0101, KIA1107'", "KIA1107", false],
    ["kiali.io/ignore-validations: KIA0101", "KIA1107", true],
    ["kiali.io/ignore-validations: ''", "IST0101", true],
  ])("is left out where %s asks for it: %s", (annotation, code, reported) => {
    const content = FILE.replace("{name: reviews}", `{name: reviews, annotations: {${annotation}}}`);
    expect(one({ ...everyService, codes: [code] }, content) !== undefined).toBe(reported);
  });

  it("of one rule does not fail with another", () => {
    const broken: ObjectRule = {
      ...everyService,
      id: "broken",
      check() {
        throw new Error("a mistake");
      },
    };
    const { reports, failures } = check([broken, everyService], subject(FILE));
    expect(reports).toHaveLength(1);
    expect(failures).toMatchObject([{ rule: "broken", error: { message: "a mistake" } }]);
  });
});
