import { apiVersionServed } from "../../../../policies/rules/several-kinds/api-version-served.ts";
import { describeRule } from "../../describeRule.ts";
import { peerAuthentication, virtualService, wasmPlugin } from "../../valid.ts";

const of = (object: typeof virtualService, apiVersion: string, kind = object.kind) => [{ ...object, apiVersion, kind }];

describeRule(apiVersionServed, {
  accepts: {
    "an older version": of(virtualService, "networking.istio.io/v1alpha3"),
    "versions of Kubernetes' own": [
      ...of(virtualService, "autoscaling/v2", "HorizontalPodAutoscaler"),
      ...of(virtualService, "autoscaling/v1", "HorizontalPodAutoscaler"),
      ...of(virtualService, "v1", "Service"),
    ],
    "a kind of another group": of(virtualService, "extensions/v1beta1", "Deployment"),
    "the version of today": [virtualService, peerAuthentication, wasmPlugin],
  },
  refuses: {
    "a version that was never served": [of(virtualService, "networking.istio.io/v1alpha1"), "apiVersion"],
    "a version to come": [of(virtualService, "networking.istio.io/v2"), "apiVersion"],
    "a version of old": [of(peerAuthentication, "security.istio.io/v1alpha1"), "apiVersion"],
    "a version of other kinds": [of(wasmPlugin, "extensions.istio.io/v1"), "apiVersion"],
    "a version of Kubernetes' that is gone": [
      of(virtualService, "policy/v1beta1", "PodDisruptionBudget"),
      "apiVersion",
    ],
    "a version of the core group that never was": [of(virtualService, "v2", "Service"), "apiVersion"],
  },
});
