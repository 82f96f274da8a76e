import { gatewayApiCrdCurrent } from "../../../../policies/rules/gateway-api/gateway-api-crd-current.ts";
import { describeRule } from "../../describeRule.ts";
import type { Described } from "../../istioctlObjects.ts";

const VERSION = "gateway.networking.k8s.io/bundle-version";
const crd = (name: string, version?: string): Described => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: {
    name: `${name}.gateway.networking.k8s.io`,
    annotations: version === undefined ? {} : { [VERSION]: version },
  },
});
const here = `metadata.annotations["${VERSION}"]`;

describeRule(gatewayApiCrdCurrent, {
  accepts: {
    "the oldest that istiod reads": [
      crd("tlsroutes", "v1.5.0"),
      crd("tcproutes", "v1.6.0"),
      crd("grpcroutes", "v1.1.0"),
    ],
    "a candidate of it": [crd("backendtlspolicies", "v1.4.0-rc.1")],
    "a newer one": [crd("tlsroutes", "v2.0.1")],
    "any of a kind that istiod reads in all releases": [crd("httproutes", "v0.5.0")],
    "one that does not say": [crd("tlsroutes"), crd("tlsroutes", "main")],
  },
  refuses: {
    "an older TLSRoute": [[crd("tlsroutes", "v1.4.1")], here],
    "an older TCPRoute": [[crd("tcproutes", "v1.5.9")], here],
    "an older GRPCRoute": [[crd("grpcroutes", "v1.0.0")], here],
    "an older BackendTLSPolicy": [[crd("backendtlspolicies", "0.9.1")], here],
  },
});
