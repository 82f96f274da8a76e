import type { ObjectRule } from "../../engine/rule.ts";

/** From which release of the Gateway API on istiod 1.31 reads the kind. */
const MINIMUM: ReadonlyMap<string, readonly [major: number, minor: number]> = new Map([
  ["grpcroutes.gateway.networking.k8s.io", [1, 1]],
  ["backendtlspolicies.gateway.networking.k8s.io", [1, 4]],
  ["tlsroutes.gateway.networking.k8s.io", [1, 5]],
  ["tcproutes.gateway.networking.k8s.io", [1, 6]],
]);

export const gatewayApiCrdCurrent: ObjectRule = {
  id: "gateway-api-crd-current",
  title: "The kinds of the Gateway API are of a release that istiod reads.",
  rationale: "Istiod passes over objects of an older kind without a word, so their listeners never open.",
  remediation: "Install the CRDs of the Gateway API release that the finding names, or of a newer one.",
  severity: "medium",
  codes: ["IST0176"],
  sources: ["istio/pkg/config/analysis/analyzers/k8sgateway/crdversion.go"],
  kinds: ["CustomResourceDefinition"],

  *check({ id, annotations }) {
    const minimum = MINIMUM.get(id ?? "");
    if (minimum === undefined) return;
    const version = annotations.at("gateway.networking.k8s.io/bundle-version");
    const [, major, minor] = /^v?(\d+)(?:\.(\d+))?(?:\.\d+)?(?:[-+].*)?$/.exec(version.string() ?? "") ?? [];
    if (major === undefined) return;
    const [leastMajor, leastMinor] = minimum;
    if (Number(major) < leastMajor || (Number(major) === leastMajor && Number(minor ?? 0) < leastMinor)) {
      yield { path: version.path, message: `install the Gateway API ${leastMajor}.${leastMinor} or newer` };
    }
  },
};
