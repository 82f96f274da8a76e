import { fieldTypes } from "../../../../policies/rules/several-kinds/field-types.ts";
import { fieldValues } from "../../../../policies/rules/several-kinds/field-values.ts";
import { knownFields } from "../../../../policies/rules/several-kinds/known-fields.ts";
import { describeRule } from "../../describeRule.ts";
import { changed, type Changes } from "../../changes.ts";

const route = {
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "HTTPRoute",
  metadata: { name: "web", namespace: "prod" },
  spec: {
    parentRefs: [{ name: "entry", sectionName: "https" }],
    hostnames: ["shop.example.com"],
    rules: [
      {
        matches: [{ path: { type: "PathPrefix", value: "/api" }, headers: [{ name: "x-user", value: "jason" }] }],
        filters: [
          { type: "URLRewrite", urlRewrite: { path: { type: "ReplacePrefixMatch", replacePrefixMatch: "/" } } },
        ],
        backendRefs: [
          { name: "web", port: 80, weight: 90 },
          { group: "example.com", kind: "Bucket", name: "web", weight: 10 },
        ],
      },
      { filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }] },
    ],
  },
};
const of = (changes: Changes, ...places: string[]): [(typeof route)[], ...string[]] => [
  [changed(route, changes)],
  ...(places.length > 0 ? places : Object.keys(changes)),
];
const RULE = "spec.rules[0]";
const redirect = { type: "RequestRedirect", requestRedirect: { scheme: "https" } };

describeRule(knownFields, {
  accepts: { "a route": [route] },
  refuses: { "a misspelt field": of({ [`${RULE}.backendRef`]: [] }) },
});

describeRule(fieldTypes, {
  accepts: { "a route": [route] },
  refuses: {
    "a text for a port": of({ [`${RULE}.backendRefs[0].port`]: "80" }),
    "no name": of({ [`${RULE}.backendRefs[0].name`]: undefined }),
    "no spec": [[{ ...route, spec: undefined }], "spec"],
  },
});

describeRule(fieldValues, {
  accepts: { "a route": [route] },
  refuses: {
    "a type of path that is none": of({ [`${RULE}.matches[0].path.type`]: "Prefix" }),
    "a path without a slash": of({ [`${RULE}.matches[0].path.value`]: "api" }, `${RULE}.matches[0].path`),
    "a negative weight": of({ [`${RULE}.backendRefs[0].weight`]: -5 }),
    "a port that cannot be": of({ [`${RULE}.backendRefs[0].port`]: 65536 }),
    "no port of a Service": of({ [`${RULE}.backendRefs[0].port`]: undefined }, `${RULE}.backendRefs[0]`),
    "a redirect beside a rewrite": of(
      { "spec.rules[1].filters[1]": route.spec.rules[0]?.filters[0] },
      "spec.rules[1].filters",
    ),
    "a redirect beside backends": of({ [`${RULE}.filters`]: [redirect] }, RULE),
    "a host that is an address": of({ "spec.hostnames[0]": "10_0" }),
  },
});
