import { expect, it } from "vitest";
import { apiVersionOf, isIstioKind, kindOfManifest } from "../../istio/kinds.ts";

it.each([
  ["VirtualService", "networking.istio.io/v1"],
  ["EnvoyFilter", "networking.istio.io/v1alpha3"],
  ["PeerAuthentication", "security.istio.io/v1"],
  ["Telemetry", "telemetry.istio.io/v1"],
] as const)("a %s is written as %s", (kind, apiVersion) => {
  expect(apiVersionOf(kind)).toBe(apiVersion);
  expect(kindOfManifest(apiVersion, kind)).toBe(kind);
  expect(isIstioKind(kind)).toBe(true);
});

it.each(["Deployment", "HTTPRoute", "toString"])("%s is no kind of Istio's", (kind) => {
  expect(isIstioKind(kind)).toBe(false);
});
