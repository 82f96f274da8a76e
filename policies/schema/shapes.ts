import type { Kind } from "../model/mesh.ts";
import { envoyFilter, proxyConfig, trafficExtension, wasmPlugin } from "./extensions.ts";
import { gateway, sidecar } from "./gateways.ts";
import { authorizationPolicy, peerAuthentication, requestAuthentication } from "./security.ts";
import { serviceEntry, workloadEntry, workloadGroup } from "./services.ts";
import type { FieldsShape } from "./shape.ts";
import { telemetry } from "./telemetry.ts";
import { destinationRule } from "./trafficPolicies.ts";
import { virtualService } from "./virtualServices.ts";

/** What the `spec` of each kind of Istio's may hold, in every version of its API. */
export const SHAPES = {
  AuthorizationPolicy: authorizationPolicy,
  DestinationRule: destinationRule,
  EnvoyFilter: envoyFilter,
  Gateway: gateway,
  PeerAuthentication: peerAuthentication,
  ProxyConfig: proxyConfig,
  RequestAuthentication: requestAuthentication,
  ServiceEntry: serviceEntry,
  Sidecar: sidecar,
  Telemetry: telemetry,
  TrafficExtension: trafficExtension,
  VirtualService: virtualService,
  WasmPlugin: wasmPlugin,
  WorkloadEntry: workloadEntry,
  WorkloadGroup: workloadGroup,
} as const satisfies Partial<Record<Kind, FieldsShape>>;

/** Kinds of which the API server takes no object without a spec. */
export const WITH_SPEC = [
  "ServiceEntry",
  "TrafficExtension",
  "WasmPlugin",
  "WorkloadEntry",
  "WorkloadGroup",
] as const satisfies (keyof typeof SHAPES)[];
