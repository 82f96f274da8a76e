import { describe, expect, it } from "vitest";
import { Mesh, type MeshObject } from "../../policies/model/mesh.ts";
import { codesOf, type Finding, type FindingInMesh, type Rule, type Settings } from "../../policies/engine/rule.ts";
import { meshObject, tokenOf, unknown, type Manifest } from "./judge.ts";

/** A resource that is no object of Kubernetes. */
export interface Resource {
  readonly type: string;
  readonly props: object;
  /** Types of the components that it is part of, from the outside in. */
  readonly partOf?: readonly string[];
}

type Declared = Manifest | Resource;

export interface Cases {
  readonly settings?: Settings;
  /**
   * Whether there may be more than what is declared.
   * @default true
   */
  readonly open?: boolean;
  /** Istio's mesh config. */
  readonly config?: object;
  /**
   * Whether the places that break a rule begin with the code of the finding.
   * @default false
   */
  readonly withCodes?: boolean;
  /** What keeps the rule, by what is special about it. */
  readonly accepts: Readonly<Record<string, readonly Declared[]>>;
  /** What breaks it, with the places; for a rule on the mesh each after the object's position, e.g. `1 spec.host`. */
  readonly refuses: Readonly<Record<string, readonly [declared: readonly Declared[], ...places: string[]]>>;
  /** What can not be decided yet, with the places that are not known. */
  readonly waits?: Readonly<Record<string, readonly [declared: readonly Declared[], ...places: string[]]>>;
  /** What breaks it beside something that can not be decided yet, with the places of both. */
  readonly partly?: Readonly<
    Record<string, readonly [declared: readonly Declared[], found: readonly string[], undecided: readonly string[]]>
  >;
}

interface Verdict {
  /** Places of the violations, for a rule on the mesh each after the object's position. */
  readonly found: readonly string[];
  /** Places that were not known. */
  readonly undecided: readonly string[];
}

/** A text that no message may repeat, and that breaks about every format. */
const SECRET = "s3cr3t*{%(";

/** Tests a rule by cases, each with every value of it unknown in turn. */
export function describeRule(rule: Rule, cases: Cases): void {
  const { accepts, refuses, waits = {}, partly = {} } = cases;
  describe(rule.id, () => {
    it.each(Object.entries(accepts))("accepts %s", (_what, declared) => {
      expect(verdict(rule, declared, cases)).toEqual({ found: [], undecided: [] });
    });

    it.each(Object.entries(refuses))("refuses %s", (_what, [declared, ...found]) => {
      expect(verdict(rule, declared, cases)).toEqual({ found, undecided: [] });
    });

    it.each(Object.entries(waits))("does not decide yet about %s", (_what, [declared, ...undecided]) => {
      expect(verdict(rule, declared, cases)).toEqual({ found: [], undecided });
    });

    it.each(Object.entries(partly))("refuses a part of %s", (_what, [declared, found, undecided]) => {
      expect(verdict(rule, declared, cases)).toEqual({ found, undecided });
    });

    it.each(Object.entries(refuses))("tells no value of %s", (_what, [declared]) => {
      for (const [place, variant] of withSecrets(declared)) {
        for (const { message } of findings(rule, objectsOf(variant), cases)) {
          expect(message, place).not.toContain("s3cr3t");
        }
      }
    });

    it.each(Object.entries(accepts))("blames nobody for an unknown value in %s", (_what, declared) => {
      for (const [place, variant] of withUnknowns(declared)) {
        expect(verdict(rule, variant, cases).found, place).toEqual([]);
      }
    });

    it.each(Object.entries(refuses))("does not turn silent over an unknown value in %s", (_what, [declared]) => {
      for (const [place, variant] of withUnknowns(declared)) {
        const { found, undecided } = verdict(rule, variant, cases);
        expect(found.length + undecided.length, place).toBeGreaterThan(0);
      }
    });
  });
}

type Terms = Pick<Cases, "settings" | "open" | "config" | "withCodes">;

function verdict(rule: Rule, declared: readonly Declared[], terms: Terms): Verdict {
  const objects = objectsOf(declared);
  const isOnMesh = "checkMesh" in rule;
  const codeBefore = (finding: Finding) => (terms.withCodes === true ? `${codesOf(rule, finding).join()} ` : "");
  const found = findings(rule, objects, terms).map(
    (finding) => `${codeBefore(finding)}${isOnMesh ? `${finding.object.name} ` : ""}${finding.path}`,
  );
  const undecided = objects.flatMap(({ name, unread }) =>
    [...unread].map((path) => (isOnMesh ? `${name} ${path}` : path)),
  );
  return { found, undecided };
}

function findings(rule: Rule, objects: readonly MeshObject[], terms: Terms): FindingInMesh[] {
  const { settings = {}, open = true, config } = terms;
  if ("checkMesh" in rule) return [...rule.checkMesh(new Mesh(objects, { open, ...(config && { config }) }), settings)];
  const judged = objects.filter(({ kind }) => rule.kinds.includes(kind));
  expect(judged, "objects that the rule looks at").toHaveLength(objects.length);
  return judged.flatMap((object) => [...rule.check(object, settings)].map((finding) => ({ object, ...finding })));
}

function objectsOf(declared: readonly Declared[]): MeshObject[] {
  return declared.map((one, index) => {
    const { type, props } = resourceOf(one);
    const parents = ("partOf" in one ? one.partOf : []).map((parent) => `${parent}$`).join("");
    return meshObject(type, String(index), props, `urn:pulumi:local::mesh::${parents}${type}::${index}`);
  });
}

function resourceOf(declared: Declared): Resource {
  return "type" in declared ? declared : { type: tokenOf(declared), props: declared };
}

/** The same declarations with one value unknown, for every value of each of them. */
function withUnknowns(declared: readonly Declared[]) {
  return variants(declared, (value) => {
    if (Array.isArray(value)) return unknown.list;
    return typeof value === "object" ? unknown.object : unknown.text;
  });
}

/** The same declarations with a secret in place of one text, for every text of each of them. */
function withSecrets(declared: readonly Declared[]) {
  return variants(declared, (value) => (typeof value === "string" ? SECRET : undefined));
}

/** @param insteadOf - what to put in place of a value, if anything */
function* variants(
  declared: readonly Declared[],
  insteadOf: (value: unknown) => unknown,
): Iterable<[place: string, variant: Declared[]]> {
  for (const [index, one] of declared.entries()) {
    const resource = resourceOf(one);
    for (const path of pathsIn(resource.props)) {
      const value = insteadOf(valueAt(resource.props, path));
      if (value === undefined) continue;
      const variant = { ...resource, props: replaced(resource.props, path, value) as object };
      yield [`${index} ${path.join(".")}`, declared.with(index, variant)];
    }
  }
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce((inner, key) => (inner as Record<string, unknown>)[key], value);
}

function pathsIn(value: unknown): string[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => key !== "apiVersion" && key !== "kind")
    .flatMap(([key, below]) => [[key], ...pathsIn(below).map((path) => [key, ...path])]);
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.with(Number(key), replaced(value[Number(key)], rest, by));
  return { ...(value as object), [key]: replaced((value as Record<string, unknown>)[key], rest, by) };
}
