import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeValues } from "../../../components/istio/values.ts";
import { identityOf } from "../../../components/security/members.ts";
import { settingsProblems } from "../../../settings/parse.ts";
import { inStackFile } from "../../settings/stackFile.ts";
import { account, gateway, suggested, type Series } from "./recorded.ts";

// Names that several applications have, that gateways have, and that YAML takes for something else.
const names = ["cart", "reviews", "ratings", "no", "null", "sleep", "ingress-gateway"] as const;
const namespaces = ["shop", "9-team", "bookinfo-2"] as const;

const service = fc.record(
  {
    port: fc.constant(8080),
    protocol: fc.constantFrom("http", "tcp"),
    calls: fc.uniqueArray(fc.constantFrom("details", "productpage.bookinfo", "details.bookinfo"), { maxLength: 2 }),
    versions: fc.record({ v1: fc.record({ image: fc.constant("acme/a:1") }, { requiredKeys: ["image"] }) }),
  },
  { requiredKeys: ["protocol", "versions"] },
);
const withoutSidecar = { port: 8080, versions: { v1: { image: "acme/a:1", sidecar: false } } };

const application = fc
  .record({
    namespace: fc.constantFrom(...namespaces),
    services: fc.dictionary(
      fc.constantFrom(...names),
      fc.oneof({ weight: 8, arbitrary: service }, fc.constant(withoutSidecar)),
      {
        minKeys: 1,
      },
    ),
  })
  .chain((each) =>
    fc.option(fc.constantFrom(...Object.keys(each.services)), { nil: undefined }).map((exposed) => ({
      ...each,
      ...(exposed !== undefined && { exposure: { hosts: [`${each.namespace}.example.com`], service: exposed } }),
    })),
  );

const access = fc.record(
  {
    from: fc.uniqueArray(
      fc.oneof(
        fc.constantFrom<unknown>("productpage", "details", "ingress-gateway", "egress-gateway"),
        fc.constantFrom<unknown>(
          { namespace: "shop" },
          { serviceAccount: "ops/batch" },
          { serviceAccount: "9-team/a.b" },
        ),
      ),
      { selector: (each) => JSON.stringify(each) },
    ),
    methods: fc.constantFrom(["GET"], ["GET", "POST"]),
  },
  { requiredKeys: ["from"] },
);

const authorization = fc.record(
  {
    default: fc.constantFrom("allow", "deny"),
    services: fc.dictionary(
      fc.constantFrom("ratings.bookinfo", "details", "productpage", "reviews.bookinfo"),
      fc.oneof(access, fc.array(access, { minLength: 1, maxLength: 3 })),
    ),
  },
  { requiredKeys: [] },
);

/** Routes that lead requests for one service to others. */
const traffic = fc.dictionary(
  fc.constantFrom("details", "ratings", "reviews"),
  fc
    .record({ own: fc.constantFrom("details", "ratings", "reviews"), other: fc.constantFrom("ratings", "productpage") })
    .map(({ own, other }) => ({
      routes: [{ to: own === other ? [{ host: own }] : [own, other].map((host) => ({ host, weight: 50 })) }],
    })),
);

/** Stack files that are right. */
const stacks = fc
  .record(
    {
      applications: fc.dictionary(fc.constantFrom("one", "two", "off"), application),
      security: fc.record({ authorization }),
      traffic,
    },
    { requiredKeys: [] },
  )
  .filter((settings) => settingsProblems(inStackFile(settings)).length === 0);

/** Random calls among the services of a stack, its gateways and others. */
const graphs = stacks.chain((settings) => {
  const { members } = suggested(settings, []).declared;
  const principal = fc.oneof(
    fc.constantFrom(...members.all.map((each) => `spiffe://${identityOf(each)}`)),
    fc.constantFrom(
      gateway,
      account("istio-egress", "istio-egressgateway"),
      account("ops", "batch.v1"),
      account("0", "1"),
      account("shop", "shop", "elsewhere.example.com"),
    ),
    fc.constant(undefined),
  );
  const call: fc.Arbitrary<Series> = fc.record({
    by: principal,
    to: fc.constantFrom(...members.all.map(({ name, namespace }) => `${name}.${namespace}`), "pay.bank"),
    count: fc.integer({ min: 1, max: 1000 }),
    unit: fc.constantFrom("requests", "connections"),
  });
  return fc.record({ settings: fc.constant(settings), series: fc.array(call, { maxLength: 25 }) });
});

describe("whatever the proxies have counted", () => {
  it("what is suggested is right in the stack file, lets in who called, and is all", () => {
    const suggestions = { services: 0, calls: 0 };
    fc.assert(
      fc.property(graphs, ({ settings, series }) => {
        const first = suggested(settings, series);
        const changed = mergeValues(settings, first.patch);
        expect(settingsProblems(inStackFile(changed))).toEqual([]);
        suggestions.services += first.suggestion.services.length;
        suggestions.calls += first.suggestion.calls.length;

        // Once it is in the stack file and the rest is refused, all who called are let in, and nothing is left to say.
        const strict = mergeValues(changed, { security: { authorization: { default: "deny" } } });
        const second = suggested(strict, series);
        expect(second.yaml).toBe("");
        const counted = second.suggestion.edges.filter(({ counts }) => counts !== undefined);
        expect(counted.length).toBe(first.calls.known.length);
        expect(counted.filter(({ allowed }) => allowed === "no")).toEqual([]);
        // Nobody else stays, but where nobody called, where routes lead on, and who may be the gateway of what is exposed.
        if ("traffic" in settings) return;
        const called = new Set(counted.map(({ member }) => member));
        const others = second.suggestion.edges.filter(
          ({ counts, member, caller }) =>
            counts === undefined &&
            called.has(member) &&
            !(second.declared.ways.isExposed(member) && (caller === "ingress-gateway" || typeof caller === "object")),
        );
        expect(others).toEqual([]);
      }),
      { numRuns: 500 },
    );
    expect(suggestions.services).toBeGreaterThan(200);
    expect(suggestions.calls).toBeGreaterThan(30);
  });
});
