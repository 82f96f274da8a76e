import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UNKNOWN } from "../../policies/model/field.ts";
import { kindOfManifest, type Kind } from "../../istio/kinds.ts";
import { Mesh, MeshObject } from "../../policies/model/mesh.ts";
import type { Rule } from "../../policies/engine/rule.ts";
import { rules } from "../../policies/rules/index.ts";
import { wholeMesh } from "./wholeMesh.ts";

type Step = string | number;

interface Judgement {
  readonly found: string;
  readonly undecided: readonly string[];
}

/** Every place in a value, from the outside in. */
function* stepsIn(value: unknown, path: readonly Step[] = []): Iterable<readonly Step[]> {
  yield path;
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* stepsIn(item, [...path, index]);
  else if (typeof value === "object" && value !== null)
    for (const [key, below] of Object.entries(value)) yield* stepsIn(below, [...path, key]);
}

/** A copy of a value with another one at a place. */
function replaced(value: unknown, [step, ...more]: readonly Step[], by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (index === step ? replaced(item, more, by) : item));
  const map = value as Record<string, unknown>;
  return { ...map, [step]: replaced(map[step], more, by) };
}

const kinds = wholeMesh.map(({ apiVersion, kind }) => {
  const known = kindOfManifest(String(apiVersion), String(kind));
  if (known === undefined) throw new Error(`no rule looks at ${String(kind)}`);
  return known;
});

/** What a rule says of the whole mesh, where one object is another one; objects of one's own, since they take notes. */
function judge(rule: Rule, at: number, value: unknown): Judgement {
  const isJudged = (kind: Kind) => !("check" in rule) || rule.kinds.includes(kind);
  const objects = kinds.flatMap((kind, index) =>
    isJudged(kind) && (!("check" in rule) || index === at)
      ? [new MeshObject(kind, String(index), `urn:${index}`, index === at ? value : wholeMesh[index])]
      : [],
  );
  return judgeObjects(rule, objects);
}

function judgeObjects(rule: Rule, objects: readonly MeshObject[]): Judgement {
  const found =
    "check" in rule
      ? objects.flatMap((object) => [...rule.check(object)].map((finding) => ({ ...finding, object: object })))
      : [...rule.checkMesh(new Mesh(objects))];
  return {
    found: JSON.stringify(found.map(({ object, path, code }) => [object.urn, path, code])),
    undecided: objects.flatMap(({ name, unread }) => [...unread].map((path) => `${name} ${path}`)),
  };
}

/** A rule on one object only looks at objects of its kinds. */
const concerns = (rule: Rule, index: number) => {
  const kind = kinds[index];
  return !("check" in rule) || (kind !== undefined && rule.kinds.includes(kind));
};

const INSTEAD: readonly unknown[] = [
  null,
  undefined,
  "",
  "text",
  "*",
  0,
  -1,
  1.5,
  true,
  [],
  [null],
  ["text"],
  {},
  { a: null },
];

const places = wholeMesh.flatMap((value, index) => [...stepsIn(value)].map((path) => ({ index, path })));

describe("a rule", () => {
  it.each(rules.map((rule) => [rule.id, rule] as const))(
    "%s fails at nothing, and is not silent where a value is unknown",
    (_id, rule) => {
      const concerned = places.filter(({ index }) => concerns(rule, index));
      if (concerned.length === 0) return;
      fc.assert(
        fc.property(fc.constantFrom(...concerned), fc.constantFrom(...INSTEAD), ({ index, path }, instead) => {
          const judgedWith = (value: unknown) => judge(rule, index, replaced(wholeMesh[index], path, value));
          const unknown = judgedWith(UNKNOWN);
          const other = judgedWith(instead);
          // Another value would have made it say something else: then it has to say that it does not know this one.
          if (other.found !== unknown.found) expect(unknown.undecided, path.join(".")).not.toEqual([]);
        }),
        { numRuns: 300 },
      );
    },
    60_000,
  );

  it.each(rules.map((rule) => [rule.id, rule] as const))("%s fails at no object whatever it holds", (_id, rule) => {
    const judged: readonly Kind[] = "check" in rule ? rule.kinds : kinds;
    const value = fc.oneof(fc.jsonValue({ maxDepth: 4 }), fc.constant(UNKNOWN));
    const object = fc.record({ metadata: value, spec: value, data: value, webhooks: value }, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...judged), object), { maxLength: 4 }), (objects) => {
        const all = objects.map(([kind, value], index) => new MeshObject(kind, String(index), `urn:${index}`, value));
        expect(() => judgeObjects(rule, all)).not.toThrow();
      }),
    );
  });
});
