import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { routing } from "../../../components/traffic/routing/routing.ts";
import {
  abTest,
  advance,
  blueGreen,
  byIdentity,
  canary,
  darkLaunch,
  promote,
  rollback,
  switchOver,
  type Audience,
} from "../../../components/traffic/routing/strategies.ts";
import type { RouteArgs } from "../../../components/traffic/routing/httpRoutes.ts";
import { wordsOf } from "./problems.ts";

const subset = fc.constantFrom("v1", "v2", "v3");
const release = fc.record({ stable: subset, candidate: subset, weight: fc.integer({ min: 0, max: 100 }) });
const versions = fc.record({ blue: subset, green: subset, live: fc.constantFrom("blue" as const, "green" as const) });
const text = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 20 });
const token = fc
  .stringMatching(/^[a-z][a-z0-9-]{0,15}$/)
  .filter((name) => !["uri", "method", "scheme", "authority"].includes(name));

/** Nothing is wrong with the routes, whose shares therefore sum to 100. */
const works = (routes: readonly RouteArgs<string>[]) => {
  expect(wordsOf(routing, { subsets: { v1: {}, v2: {}, v3: {} }, routes })).toEqual([]);
};

describe("a canary", () => {
  it("shares out all requests at every step", () => {
    fc.assert(
      fc.property(release, fc.integer({ min: 0, max: 200 }), (before, step) => {
        for (const each of [before, advance(before, step), promote(before), rollback(before)]) works(canary(each));
      }),
    );
  });

  it("is promoted once, and rolled back to where it began", () => {
    fc.assert(
      fc.property(release, fc.integer({ min: 0, max: 100 }), (before, step) => {
        const start = { ...before, weight: 0 };
        expect(promote(promote(before))).toEqual(promote(before));
        expect(rollback(rollback(before))).toEqual(rollback(before));
        expect(rollback(promote(start))).toEqual(start);
        expect(rollback(advance(start, step))).toEqual(start);
        expect(advance(promote(before), step)).toEqual(promote(before));
      }),
    );
  });

  it("steps add up", () => {
    fc.assert(
      fc.property(release, fc.nat({ max: 100 }), fc.nat({ max: 100 }), (before, first, second) => {
        expect(advance(advance(before, first), second)).toEqual(advance(before, first + second));
      }),
    );
  });

  it("is one changed number", () => {
    expect(canary({ stable: "v1", candidate: "v2", weight: 10 })).toEqual([{ to: { v1: 90, v2: 10 } }]);
    expect(canary({ stable: "v1", candidate: "v2", weight: 20 })).toEqual([{ to: { v1: 80, v2: 20 } }]);
  });
});

describe("blue and green", () => {
  it("share out all requests, and all to one", () => {
    fc.assert(
      fc.property(versions, (both) => {
        works(blueGreen(both));
        expect(Object.values(blueGreen(both)[0]?.to ?? {}).filter((share) => share !== 0)).toEqual([100]);
      }),
    );
  });

  it("are as before after two switches", () => {
    fc.assert(
      fc.property(versions, (both) => {
        expect(switchOver(switchOver(both))).toEqual(both);
        expect(switchOver(both).live).not.toBe(both.live);
      }),
    );
  });

  it("keep the idle one's place", () => {
    expect(blueGreen({ blue: "v1", green: "v2", live: "green" })).toEqual([{ to: { v1: 0, v2: 100 } }]);
  });
});

describe("an A/B test", () => {
  const audience: fc.Arbitrary<Audience> = fc.oneof(
    fc.record({ header: fc.record({ name: token, value: text }) }),
    fc.record({ cookie: fc.record({ name: token, value: text }) }),
    fc.record({ userAgent: text }),
  );

  it("works for whatever audience", () => {
    fc.assert(
      fc.property(subset, subset, audience, (a, b, who) => {
        works(abTest({ a, b, audience: who }));
      }),
    );
  });

  const matches = (routes: RouteArgs<string>[], header: string, value: string) => {
    const match = routes[0]?.match?.[0]?.headers?.[header];
    return match !== undefined && "regex" in match && new RegExp(`^(?:${match.regex})$`).test(value);
  };

  it("finds a cookie among others, and none that only looks like it", () => {
    fc.assert(
      fc.property(token, fc.stringMatching(/^[\w.+$*-]{1,10}$/), (name, value) => {
        const routes = abTest({ a: "v1", b: "v2", audience: { cookie: { name, value } } });
        for (const cookies of [
          `${name}=${value}`,
          `a=b; ${name}=${value}`,
          `${name}=${value}; a=b`,
          `a=b; ${name}=${value}; c=d`,
        ]) {
          expect(matches(routes, "cookie", cookies), cookies).toBe(true);
        }
        for (const cookies of [
          `x${name}=${value}`,
          `${name}=${value}x`,
          `a=b${name}=${value}`,
          `a=b; c=${name}=${value}`,
        ]) {
          expect(matches(routes, "cookie", cookies), cookies).toBe(false);
        }
      }),
    );
  });

  it("finds a part of the user agent, letter by letter", () => {
    const routes = abTest({ a: "v1", b: "v2", audience: { userAgent: "Firefox/1.0 (X)" } });
    expect(matches(routes, "user-agent", "Mozilla/5.0 Firefox/1.0 (X) Gecko")).toBe(true);
    expect(matches(routes, "user-agent", "Mozilla/5.0 Firefox/1x0 (X)")).toBe(false);
  });

  it("is a route for the audience before the route for all", () => {
    expect(abTest({ a: "v1", b: "v2", audience: { header: { name: "x-group", value: "b" } } })).toEqual([
      { match: [{ headers: { "x-group": { exact: "b" } } }], to: { v2: 100 } },
      { to: { v1: 100 } },
    ]);
  });
});

describe("routing by identity", () => {
  it("has a route for each user, and the last for the others", () => {
    fc.assert(
      fc.property(fc.dictionary(text, subset, { maxKeys: 5 }), subset, (users, others) => {
        const routes = byIdentity({ users, others });
        works(routes);
        expect(routes).toHaveLength(Object.keys(users).length + 1);
        expect(routes.at(-1)).toEqual({ to: { [others]: 100 } });
      }),
    );
  });

  it("is Istio's task with jason", () => {
    expect(byIdentity({ users: { jason: "v2" }, others: "v1" })).toEqual([
      { match: [{ headers: { "end-user": { exact: "jason" } } }], to: { v2: 100 } },
      { to: { v1: 100 } },
    ]);
  });

  it("takes another header", () => {
    const [route] = byIdentity({ header: "x-dev-user", users: { "super-secret": "v2" }, others: "v1" });
    expect(route?.match).toEqual([{ headers: { "x-dev-user": { exact: "super-secret" } } }]);
  });
});

describe("a dark launch", () => {
  it("answers from the live version, whatever is copied", () => {
    fc.assert(
      fc.property(subset, subset, fc.integer({ min: 0, max: 100 }), (live, dark, percentage) => {
        fc.pre(live !== dark);
        const routes = darkLaunch({ live, dark, percentage });
        works(routes);
        expect(routes).toEqual([{ to: { [live]: 100 }, mirrors: [{ subset: dark, percentage }] }]);
      }),
    );
  });
});
