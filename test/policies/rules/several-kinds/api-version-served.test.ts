import { apiVersionServed } from "../../../../policies/rules/several-kinds/api-version-served.ts";
import { describeRule } from "../../describeRule.ts";
import { peerAuthentication, virtualService, wasmPlugin } from "../../valid.ts";

const of = (object: typeof virtualService, apiVersion: string) => [{ ...object, apiVersion }];

describeRule(apiVersionServed, {
  accepts: {
    "an older version": of(virtualService, "networking.istio.io/v1alpha3"),
    "the version of today": [virtualService, peerAuthentication, wasmPlugin],
  },
  refuses: {
    "a version that was never served": [of(virtualService, "networking.istio.io/v1alpha1"), "apiVersion"],
    "a version to come": [of(virtualService, "networking.istio.io/v2"), "apiVersion"],
    "a version of old": [of(peerAuthentication, "security.istio.io/v1alpha1"), "apiVersion"],
    "a version of other kinds": [of(wasmPlugin, "extensions.istio.io/v1"), "apiVersion"],
  },
});
