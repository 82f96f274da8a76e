import { reservedAnnotations } from "../../../../policies/rules/several-kinds/reserved-annotations.ts";
import { testRule } from "../../testRule.ts";
import { authorizationPolicy, customAuthorizationPolicy, gateway } from "../../valid.ts";

testRule(
  reservedAnnotations,
  [
    gateway,
    [
      ["parents", { 'metadata.annotations["internal.istio.io/parents"]': "a" }, undefined, "by name"],
      [
        "a namespace of the parent",
        { 'metadata.annotations["internal.istio.io/parent-namespace"]': "a" },
        undefined,
        "by name",
      ],
      ["a refusal", { 'metadata.annotations["internal.istio.io/webhook-always-reject"]': "" }, undefined, "by name"],
      ["a dry run of another kind", { 'metadata.annotations["istio.io/dry-run"]': "true" }, undefined, "by name"],
    ],
  ],
  [
    authorizationPolicy,
    [
      ["a dry run", { 'metadata.annotations["istio.io/dry-run"]': "T" }, []],
      ["a dry run or not", { 'metadata.annotations["istio.io/dry-run"]': "yes" }],
    ],
  ],
  [
    customAuthorizationPolicy,
    [["a dry run of a provider", { 'metadata.annotations["istio.io/dry-run"]': "true" }, undefined, "by name"]],
  ],
);
