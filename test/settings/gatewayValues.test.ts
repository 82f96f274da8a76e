import { describe, expect, it } from "vitest";
import { z } from "zod";
import { settingsProblems } from "../../settings/parse.ts";
import { gatewayChartKeys } from "../../components/istio/schema/gatewayChart.ts";
import { hasCharts, valuesSchema } from "../charts.ts";

interface Schema {
  readonly $defs: { readonly values: { readonly properties: Readonly<Record<string, Property>> } };
}
interface Property {
  readonly properties?: Readonly<Record<string, Property>>;
  readonly items?: Property;
  readonly additionalProperties?: boolean | Property;
  readonly enum?: readonly unknown[];
}

describe.skipIf(!hasCharts)("the values of the gateway chart (needs helm and ISTIO_CHARTS)", () => {
  const schema = hasCharts ? (valuesSchema("gateway") as Schema) : { $defs: { values: { properties: {} } } };
  const { properties } = schema.$defs.values;

  it("have the keys of its schema", () => {
    expect(Object.keys(gatewayChartKeys).sort()).toEqual(Object.keys(properties).sort());
  });

  it("are taken and refused as its schema does", () => {
    // The one part that has items, but no type: we ask for a list, which the chart's template takes for granted.
    const withType = JSON.parse(
      JSON.stringify(schema).replace(
        '{"items":{"type":"string","enum":["IPv4"',
        '{"type":"array","items":{"type":"string","enum":["IPv4"',
      ),
    ) as Parameters<typeof z.fromJSONSchema>[0];
    const theirs = z.fromJSONSchema(withType);
    const verdicts = [...candidates({ properties })].map((ingressGateway) => ({
      ingressGateway,
      accepted: theirs.safeParse(ingressGateway).success,
      ours: problemsOf(ingressGateway).length === 0,
    }));
    expect(verdicts.filter(({ accepted, ours }) => accepted !== ours)).toEqual([]);
    // Neither says yes or no to everything.
    expect(verdicts.filter(({ accepted }) => accepted).length).toBeGreaterThan(100);
    expect(verdicts.filter(({ accepted }) => !accepted).length).toBeGreaterThan(100);
  });
});

/** Without our own two rules: some values the chart would take, but the rest of the program would not know of them. */
const problemsOf = (ingressGateway: unknown) =>
  settingsProblems({ "mesh:istio": { values: { ingressGateway } } }).filter(
    ({ reason }) => !/^(has to stay as it is|is not the place)/.test(reason),
  );

/** Values that ask a schema about each of its parts, one at a time. */
function* candidates({
  properties = {},
  items,
  additionalProperties,
  enum: allowed = [],
}: Property): Iterable<unknown> {
  yield* ["", "text", 1, 1.5, true, null, [], {}, [{}], ["text"], { any: 1 }, ...allowed];
  for (const [key, part] of Object.entries(properties)) {
    for (const value of candidates(part)) yield { [key]: value };
  }
  if (items) for (const value of candidates(items)) yield [value];
  if (typeof additionalProperties === "object")
    for (const value of candidates(additionalProperties)) yield { any: value };
}
