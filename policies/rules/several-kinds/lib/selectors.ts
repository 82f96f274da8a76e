import type { Field } from "../../../model/field.ts";
import type { Kind, MeshObject } from "../../../model/mesh.ts";
import { places } from "../../../values/reading.ts";

/** Where each kind says which workloads it is about. */
const SELECTORS = {
  AuthorizationPolicy: "selector.matchLabels",
  DestinationRule: "workloadSelector.matchLabels",
  EnvoyFilter: "workloadSelector.labels",
  PeerAuthentication: "selector.matchLabels",
  ProxyConfig: "selector.matchLabels",
  RequestAuthentication: "selector.matchLabels",
  ServiceEntry: "workloadSelector.labels",
  Sidecar: "workloadSelector.labels",
  Telemetry: "selector.matchLabels",
  TrafficExtension: "selector.matchLabels",
  WasmPlugin: "selector.matchLabels",
} as const satisfies Partial<Record<Kind, string>>;

export const SELECTOR_KINDS = Object.keys(SELECTORS) as (keyof typeof SELECTORS)[];

/** The labels of the selector, if it has one. */
export function selectorsOf({ kind, spec }: MeshObject): Field[] {
  return places(spec, pathOf(kind));
}

/** The selector, even one without labels. */
export function wholeSelectorsOf({ kind, spec }: MeshObject): Field[] {
  return places(spec, pathOf(kind).split(".")[0] ?? "");
}

function pathOf(kind: Kind): string {
  return SELECTORS[kind as keyof typeof SELECTORS];
}
