import { kindKnown } from "../../../../policies/rules/several-kinds/kind-known.ts";
import { describeRule } from "../../describeRule.ts";
import type { Manifest } from "../../judge.ts";
import { peerAuthentication, virtualService } from "../../valid.ts";

const of = (object: Manifest, apiVersion: string, kind = object.kind) => [{ ...object, apiVersion, kind }];

describeRule(kindKnown, {
  accepts: {
    "kinds that are there": [virtualService, peerAuthentication],
    "a kind of Kubernetes' own": of(virtualService, "apps/v1", "Deployment"),
  },
  refuses: {
    "a misspelt kind": [of(virtualService, "networking.istio.io/v1", "VirtualServices"), "kind"],
    "a kind in small letters": [of(virtualService, "networking.istio.io/v1", "virtualService"), "kind"],
    "a kind of another group": [of(virtualService, "security.istio.io/v1"), "apiVersion"],
    "a kind of Istio's in the core group": [of(virtualService, "v1"), "apiVersion"],
    "a kind of Kubernetes' in a group that is gone": [
      of(virtualService, "extensions/v1beta1", "Deployment"),
      "apiVersion",
    ],
  },
});
