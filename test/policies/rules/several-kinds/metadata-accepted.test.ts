import { metadataAccepted } from "../../../../policies/rules/several-kinds/metadata-accepted.ts";
import { testRule } from "../../testRule.ts";
import type { Manifest } from "../../judge.ts";
import { virtualService } from "../../valid.ts";

const named = (apiVersion: string, kind: string, more: object = {}): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: "shop", labels: { app: "shop" } },
  ...more,
});

testRule(
  metadataAccepted,
  [
    virtualService,
    [
      ["a name in capitals", { "metadata.name": "Shop" }],
      ["a name with an underscore", { "metadata.name": "the_shop" }],
      ["a name that is too long", { "metadata.name": "a".repeat(254) }],
      ["a name that is a number", { "metadata.name": 5 }],
      ["a name with dots", { "metadata.name": "shop.example.com" }, []],
      ["a name that a program fills in", { "metadata.name": "${SHOP}" }, []],
      ["no name yet", { "metadata.name": undefined }, []],
      ["a namespace with a dot", { "metadata.namespace": "prod.eu" }],
      ["a namespace that is too long", { "metadata.namespace": "a".repeat(64) }],
      ["a label with a space", { "metadata.labels.app": "the shop" }],
      ["a label that is too long", { "metadata.labels.app": "a".repeat(64) }],
      ["a label that is a number", { "metadata.labels.app": 5 }],
      ["a label that is empty", { "metadata.labels.app": "" }, []],
      ["a label whose name has a space", { 'metadata.labels["the app"]': "a" }, undefined, "by name"],
      ["a label of a domain in capitals", { 'metadata.labels["Example.com/app"]': "a" }, undefined, "by name"],
      ["a label of a domain", { 'metadata.labels["example.com/app"]': "a" }, []],
      ["an annotation whose name has two slashes", { 'metadata.annotations["a/b/c"]': "a" }, undefined, "by name"],
      ["an annotation that is a boolean", { "metadata.annotations.a": true }],
      ["an annotation with anything in it", { "metadata.annotations.a": "{%( *" }, []],
      ["labels in a list", { "metadata.labels": ["app"] }],
      ["annotations that are a text", { "metadata.annotations": "a" }],
      ["an annotation of a domain in capitals", { 'metadata.annotations["Example.com/app"]': "a" }, []],
    ],
  ],
  [
    named("v1", "Service"),
    [
      ["a Service in capitals", { "metadata.name": "Shop" }],
      ["a Service with a dot", { "metadata.name": "shop.example" }],
      ["a Service with a label that has a space", { "metadata.labels.app": "the shop" }],
    ],
  ],
  [named("v1", "Namespace"), [["a Namespace that is too long", { "metadata.name": "a".repeat(64) }]]],
  [named("v1", "Secret"), [["a Secret with a dot", { "metadata.name": "shop.example" }, []]]],
  [named("rbac.authorization.k8s.io/v1", "Role"), [["a Role with a colon", { "metadata.name": "shop:reads" }, []]]],
  [
    named("apps/v1", "Deployment", { spec: { template: { metadata: { labels: { app: "shop" } } } } }),
    [["pods with a label that has a space", { "spec.template.metadata.labels.app": "the shop" }]],
  ],
);
