import type { Kind } from "../model/mesh";
import { envoyFilter, proxyConfig, trafficExtension, wasmPlugin } from "./extensions";
import { gateway, sidecar } from "./gateways";
import { authorizationPolicy, peerAuthentication, requestAuthentication } from "./security";
import { serviceEntry, workloadEntry, workloadGroup } from "./services";
import type { FieldsShape } from "./shape";
import { telemetry } from "./telemetry";
import { destinationRule } from "./trafficPolicies";
import { virtualService } from "./virtualServices";

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
