import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { addonList, chartedAddons } from "../../../components/observability/addons.ts";
import { tools } from "../../../policies/rules/authorization-policy/lib/logins.ts";

describe.each(addonList)("$title, beside its descriptor,", ({ title, place, hasLogin }) => {
  it("is known to the rule about logins", () => {
    const tool = tools.find(({ services }) => services.test(place.service));
    expect(tool).toMatchObject({ title, hasLogin });
  });
});

describe.each(chartedAddons)("$title", ({ chart }) => {
  it("has a chart on the testbed", () => {
    const folder = join(import.meta.dirname, "../../../testbed/charts", chart.name, "templates");
    expect(readdirSync(folder).length).toBeGreaterThan(0);
  });
});
