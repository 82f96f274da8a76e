import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { describe, expect, it } from "vitest";
import { fromEnvoy } from "../../tools/generate/envoyTypes.ts";
import type { Generated } from "../../tools/generate/files.ts";
import { fromCharts } from "../../tools/generate/fromCharts.ts";
import { fromCode } from "../../tools/generate/fromCode.ts";
import { indexes } from "../../tools/generate/indexes.ts";
import { checkout } from "../../tools/stack/checkout.ts";

/** Folder with Istio's charts of the pinned version; `make test` sets it. */
const charts = process.env.ISTIO_CHARTS;
/** Folder with the program that prints Envoy's types, of the pinned Istio; `make test` sets it. */
const envoyTypes = process.env.ENVOY_TYPES;

const named = (files: Generated) =>
  Object.entries(files).map(([file, text]) => [relative(checkout, file), file, text] as const);

describe("what is made from other files", () => {
  it.each(named({ ...indexes, ...fromCode }))("%s is current; if not: make generate", async (_name, file, text) => {
    expect(readFileSync(file, "utf8")).toBe(await text());
  });
});

describe.skipIf(charts === undefined)("what is made from Istio's charts (needs ISTIO_CHARTS)", () => {
  it.each(named(fromCharts(charts ?? "")))("%s is current; if not: make generate", async (_name, file, text) => {
    expect(readFileSync(file, "utf8")).toBe(await text());
  });
});

describe.skipIf(envoyTypes === undefined)("what is made from Envoy's types (needs ENVOY_TYPES)", () => {
  it.each(named(fromEnvoy(envoyTypes ?? "")))("%s is current; if not: make generate", async (_name, file, text) => {
    expect(readFileSync(file, "utf8")).toBe(await text());
  });
});
