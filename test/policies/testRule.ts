import { describe, expect, it } from "vitest";
import { UNKNOWN } from "../../policies/model/field.ts";
import { kindOfManifest } from "../../istio/kinds.ts";
import { MeshObject } from "../../policies/model/mesh.ts";
import type { ObjectRule } from "../../policies/engine/rule.ts";
import type { Manifest } from "./judge.ts";
import { changed, pathsIn, type Changes } from "./changes.ts";
import * as valid from "./valid.ts";

/**
 * One change to a valid object. Where nothing is said, the rule finds something at each of the changed places, for its value;
 * with "by name" for its name, whatever the value will be.
 */
export type Row = readonly [what: string, changes: Changes, found?: readonly string[] | undefined, by?: "by name"];

/** Tests a rule by single changes to valid objects. */
export function testRule(rule: ObjectRule, ...tables: readonly Table[]): void {
  testRuleThatFinds(rule, [], ...tables);
}

type Table = readonly [object: Manifest, rows: readonly Row[]];

/** Tests a rule that finds something in valid objects, too. */
export function testRuleThatFinds(rule: ObjectRule, usual: readonly string[], ...tables: readonly Table[]): void {
  const cases = tables.flatMap(([object, rows]) =>
    rows.map(([what, changes, found = Object.keys(changes), by]) => ({ what, object, changes, found, by })),
  );
  const tried = new Set(tables.map(([object]) => object));

  describe(rule.id, () => {
    it("accepts all valid objects", () => {
      const objects = Object.values(valid).filter(({ kind }) => rule.kinds.some((name) => name === kind));
      expect(objects.length).toBeGreaterThan(0);
      for (const object of objects) {
        const { found, undecided } = judge(rule, object);
        expect({ found, undecided }, object.kind).toEqual({ found: usual, undecided: [] });
      }
    });

    it("blames nobody for a value that is not known yet", () => {
      for (const object of tried) {
        for (const path of pathsIn(object.spec, "spec")) {
          expect(judge(rule, changed(object, { [path]: UNKNOWN })).found, path).toEqual(usual);
        }
      }
    });

    it.each(cases)("says where: $what", ({ object, changes, found }) => {
      expect(judge(rule, changed(object, changes)).found).toEqual(found);
    });

    it.each(cases.filter(({ by, found }) => by === undefined && found.length > 0))(
      "waits for the value: $what",
      ({ object, changes, found: where }) => {
        for (const [path, value] of Object.entries(changes)) {
          if (value === undefined) continue;
          const { found, undecided } = judge(rule, changed(object, { ...changes, [path]: UNKNOWN }));
          expect(found.filter((place) => isWithin(place, path))).toEqual([]);
          if (where.includes(path)) expect(undecided).toContain(path);
        }
      },
    );

    it("never quotes a value", () => {
      for (const { object, changes } of cases) {
        const texts = Object.entries(changes).filter(([, value]) => typeof value === "string");
        const secret = Object.fromEntries(texts.map(([path]) => [path, "s3cr3t*{%("]));
        for (const message of judge(rule, changed(object, secret)).messages) expect(message).not.toContain("s3cr3t");
      }
    });
  });
}

function judge(rule: ObjectRule, { apiVersion, kind, ...rest }: Manifest) {
  const object = new MeshObject(kindOfManifest(apiVersion, kind) ?? "ConfigMap", "object", "urn:object", {
    ...{ apiVersion, kind, ...rest },
  });
  const findings = [...rule.check(object)];
  return {
    found: findings.map(({ path }) => path),
    messages: findings.map(({ message }) => message),
    undecided: [...object.unread],
  };
}

function isWithin(place: string, path: string): boolean {
  return place === path || place.startsWith(`${path}.`) || place.startsWith(`${path}[`);
}
