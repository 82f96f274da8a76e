// What Envoy takes of the values of patches, against what the rules about EnvoyFilters say of them.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Field } from "../../policies/model/field.ts";
import { envoyMismatches } from "../../policies/rules/envoy-filter/lib/envoyMismatches.ts";
import { envoy } from "../../testbed/packages.ts";
import { Judge } from "./envoyConfig.ts";

let judge: Judge;
beforeAll(async () => {
  judge = new Judge(await envoy(), mkdtempSync(join(tmpdir(), "envoy-")));
});
afterAll(() => {
  rmSync(judge.folder, { recursive: true });
});

const TYPES = "type.googleapis.com/envoy.extensions.filters";
const LIMIT = `${TYPES}.http.local_ratelimit.v3.LocalRateLimit`;
const FAULT = `${TYPES}.http.fault.v3.HTTPFault`;

/** A listener with a filter of these settings. */
const listening = (settings: object) => {
  const router = { name: "router", typed_config: { "@type": `${TYPES}.http.router.v3.Router` } };
  const manager = {
    "@type": `${TYPES}.network.http_connection_manager.v3.HttpConnectionManager`,
    stat_prefix: "test",
    http_filters: [{ name: "tried", typed_config: settings }, router],
    route_config: { name: "routes" },
  };
  const address = { socket_address: { address: "127.0.0.1", port_value: 0 } };
  const filters = [{ name: "manager", typed_config: manager }];
  return { static_resources: { listeners: [{ name: "test", address, filter_chains: [{ filters }] }] } };
};

const bucket = { max_tokens: 10, fill_interval: "1s" };
const limit = (more: object) => ({ type: LIMIT, value: { stat_prefix: "a", token_bucket: bucket, ...more } });
const fill = (more: object) => limit({ token_bucket: { ...bucket, ...more } });
const fault = (value: object) => ({ type: FAULT, value });

/** Well-formed for istiod, so that Envoy alone judges them. */
const DEMANDS = [
  ...[limit({}), limit({ stat_prefix: undefined }), limit({ stat_prefix: "" })],
  ...[
    limit({ stage: 10 }),
    limit({ stage: 11 }),
    limit({ descriptors: [] }),
    limit({ descriptors: [{ entries: [] }] }),
  ],
  ...[fill({ fill_interval: undefined }), fill({ fill_interval: "0s" }), fill({ fill_interval: "0.05s" })],
  ...[fill({ max_tokens: 0 }), fill({ tokens_per_fill: 0 }), fill({ tokens_per_fill: "10" })],
  ...[fault({}), fault({ abort: {} }), fault({ abort: { http_status: 199 } }), fault({ abort: { http_status: 200 } })],
  ...[fault({ abort: { grpc_status: 0 } }), fault({ delay: {} }), fault({ delay: { fixed_delay: "0s" } })],
  ...[fault({ delay: { fixed_delay: "1s" } }), fault({ headers: [{ exact_match: "a" }] })],
];

/** What istiod refuses, but does not look for in a struct. */
const FORMS = [
  ...[limit({ stage: "5" }), limit({ stage: "five" }), limit({ stage: {} }), limit({ stage: [1] })],
  ...[limit({ stage: 1.5 }), limit({ stage: -1 }), limit({ stat_prefix: 1 }), limit({ token_bucket: [] })],
  ...[limit({ descriptors: {} }), limit({ always_consume_default_token_bucket: "true" }), limit({ what: 1 })],
  ...[fill({ fill_interval: 1 }), fill({ fill_interval: { seconds: 1 } }), fill({ tokens_per_fill: { value: 1 } })],
  ...[limit({ status: { code: "Nope" } }), limit({ status: { code: "TooManyRequests" } })],
  ...[limit({ status: { code: "conflict" } }), limit({ status: { code: {} } }), limit({ stage: null })],
];

const typed = DEMANDS.map(({ type, value }) => ({ "@type": type, ...value }));
const inStructs = [...DEMANDS, ...FORMS].map(({ type, value }) => ({
  "@type": "type.googleapis.com/xds.type.v3.TypedStruct",
  type_url: type,
  value,
}));

it.each([
  ["what Envoy requires", typed],
  ["what stands in a struct", inStructs],
])("judges %s as Envoy does", async (_what, all) => {
  const refusals = await judge.refusals(all.map(listening));
  const found = all.map((settings) => {
    // Without what is undefined, as a file has it.
    const field = new Field(JSON.parse(JSON.stringify(settings)), "value", new Set());
    return [...envoyMismatches(field, "google.protobuf.Any", true)].length > 0;
  });
  const say = (refused: readonly boolean[]) => all.map((one, index) => `${refused[index]} ${JSON.stringify(one)}`);
  expect(say(found)).toEqual(say(refusals.map((refusal) => refusal !== undefined)));
  expect(new Set(found)).toEqual(new Set([true, false]));
});
