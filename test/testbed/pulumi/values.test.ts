import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { differences, isEqual, isWithin, keysOf } from "../../../testbed/pulumi/provider/values/difference.ts";
import {
  conceal,
  concealLike,
  containsUnknown,
  redact,
  reveal,
} from "../../../testbed/pulumi/provider/values/secrets.ts";
import { copyPath, select } from "../../../testbed/pulumi/provider/values/selection.ts";
import type { Fields } from "../../../testbed/pulumi/provider/values/value.ts";
import { secret, UNKNOWN } from "./support/samples.ts";

const key = fc.oneof(
  fc.constantFrom("name", "a-b", "app.kubernetes.io/name", 'with "quotes"', "back\\slash", "0"),
  fc.string({ minLength: 1, maxLength: 4 }).filter((text) => text !== "__proto__"),
);
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(key, tie("json"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const fields = fc.dictionary(key, json, { maxKeys: 4, noNullPrototype: true });

describe("differences", () => {
  test.each([
    { before: { a: 1 }, after: { a: 1 }, found: [] },
    { before: { a: 1 }, after: { a: 2 }, found: [["a", "UPDATE"]] },
    { before: {}, after: { a: { b: 1 } }, found: [["a", "ADD"]] },
    { before: { a: { b: 1, c: 2 } }, after: { a: { c: 2 } }, found: [["a.b", "DELETE"]] },
    {
      before: { a: [1, 2] },
      after: { a: [1, 3, 4] },
      found: [
        ["a[1]", "UPDATE"],
        ["a[2]", "ADD"],
      ],
    },
    { before: { a: [1] }, after: { a: { b: 1 } }, found: [["a", "UPDATE"]] },
    { before: { a: null }, after: { a: 0 }, found: [["a", "UPDATE"]] },
    { before: { m: { "x/y": 1 } }, after: { m: { "x/y": 2 } }, found: [['m["x/y"]', "UPDATE"]] },
  ])("of $before and $after: $found", ({ before, after, found }) => {
    expect(differences(before, after).map(({ path, change }) => [path, change])).toEqual(found);
  });

  test("nothing differs from itself", () => {
    fc.assert(fc.property(json, (value) => isEqual(value, structuredClone(value))));
  });

  test("what one way adds, the other removes", () => {
    const turned = { ADD: "DELETE", DELETE: "ADD", UPDATE: "UPDATE" } as const;
    fc.assert(
      fc.property(fields, fields, (before, after) => {
        const there = differences(before, after).map(({ path, change }) => ({ path, change: turned[change] }));
        expect(differences(after, before)).toEqual(there);
      }),
    );
  });

  test("copied one by one, they make the one value of the other", () => {
    fc.assert(
      fc.property(fields, fields, (before, after) => {
        const made: Fields = structuredClone(before);
        // From the last to the first: items of a list are taken away from its end.
        for (const { path } of differences(before, after).reverse()) copyPath(made, after, path);
        expect(made).toEqual(after);
      }),
    );
  });

  test.each([
    ["spec.selector", "spec.selector", true],
    ["spec.selector.app", "spec.selector", true],
    ["spec.selector[0]", "spec.selector", true],
    ['data["a.b"]', "data", true],
    ["spec.selectors", "spec.selector", false],
  ])("%s is within %s: %s", (path, parent, expected) => {
    expect(isWithin(path, parent)).toBe(expected);
  });

  test("a path leads back to the keys that it is made of", () => {
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 3 }), (keys) => {
        const value = keys.reduceRight<unknown>((inner, name) => ({ [name]: inner }), 1);
        const leaf = keys.reduceRight<unknown>((inner, name) => ({ [name]: inner }), 2);
        const [difference] = differences(value, leaf);
        expect(keysOf(difference?.path ?? "")).toEqual(keys);
      }),
    );
  });
});

describe("secrets", () => {
  test("a value concealed like another reveals to itself", () => {
    fc.assert(
      fc.property(json, json, (value, like) => {
        expect(reveal(concealLike(value, conceal(like)))).toEqual(value);
        expect(reveal(concealLike(value, like))).toEqual(value);
      }),
    );
  });

  test.each([
    { value: { a: 1, b: 2 }, like: { a: secret(0) }, concealed: { a: secret(1), b: 2 } },
    { value: [1, 2], like: [secret(0)], concealed: [secret(1), 2] },
    { value: { a: { b: 1 } }, like: { a: secret({}) }, concealed: { a: secret({ b: 1 }) } },
    { value: secret(1), like: secret(0), concealed: secret(1) },
    { value: undefined, like: secret(0), concealed: undefined },
  ])("$value like $like", ({ value, like, concealed }) => {
    expect(concealLike(value, like)).toEqual(concealed);
  });

  test("no secret is left in a message, in any form", () => {
    const password = fc
      .string({ minLength: 4, maxLength: 12 })
      .filter((text) => !"[secret]".includes(text) && text.trim() === text);
    fc.assert(
      fc.property(password, fc.integer({ min: 10_000 }), (text, number) => {
        const values = { a: [secret({ text })], b: secret(number) };
        const encoded = Buffer.from(text).toString("base64");
        const redacted = redact(`before ${text} between ${encoded} and ${number} after`, values);
        expect(redacted).not.toContain(encoded);
        expect(redacted.replaceAll("[secret]", "")).not.toContain(String(number));
      }),
    );
  });

  test("what is no secret stays in the message", () => {
    expect(redact("port 8080 of reviews", { port: 8080, name: secret("details") })).toBe("port 8080 of reviews");
  });

  test.each([
    [{ a: [{ b: UNKNOWN }] }, true],
    [`prefix-${UNKNOWN}`, true],
    [{ a: "known" }, false],
    [undefined, false],
  ])("unknown in %j: %s", (value, expected) => {
    expect(containsUnknown(value)).toBe(expected);
  });
});

describe("selection", () => {
  test("of an object by itself is the object", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(select(value, structuredClone(value))).toEqual(value);
      }),
    );
  });

  test("has no key that the shape does not name", () => {
    fc.assert(
      fc.property(fields, fields, (live, shape) => {
        expect(Object.keys(shape)).toEqual(expect.arrayContaining(Object.keys(select(live, shape) as Fields)));
      }),
    );
  });

  test.each([
    { title: "defaults of the server are left out", live: { a: 1, b: 2 }, shape: { a: 0 }, selected: { a: 1 } },
    { title: "what is gone is gone", live: {}, shape: { a: 1 }, selected: {} },
    {
      title: "what is empty may be dropped by the server",
      live: {},
      shape: { a: {}, b: [], c: "", d: false },
      selected: { a: {}, b: [], c: "", d: false },
    },
    {
      title: "items beyond the shape are shown",
      live: { a: [{ x: 1, y: 2 }, { z: 3 }] },
      shape: { a: [{ x: 0 }] },
      selected: { a: [{ x: 1 }, { z: 3 }] },
    },
  ])("$title", ({ live, shape, selected }) => {
    expect(select(live, shape)).toEqual(selected);
  });

  test.each([
    { path: "a.b", target: { a: { b: 1 } }, source: { a: { b: 2 } }, made: { a: { b: 2 } } },
    { path: "a.b", target: { a: { b: 1 } }, source: {}, made: { a: {} } },
    { path: "a[1]", target: { a: [1, 2] }, source: { a: [1] }, made: { a: [1] } },
    { path: 'a["x/y"]', target: { a: {} }, source: { a: { "x/y": 1 } }, made: { a: { "x/y": 1 } } },
    { path: "none.such", target: { a: 1 }, source: { none: { such: 1 } }, made: { a: 1 } },
  ])("copies $path", ({ path, target, source, made }) => {
    copyPath(target, source, path);
    expect(target).toEqual(made);
  });
});
