import type { Field } from "../../../model/field.ts";
import type { MeshObject } from "../../../model/mesh.ts";
import { envoyMismatches, type EnvoyMismatch } from "./envoyMismatches.ts";

/** The message of Envoy's API that the value of a patch is, by what the patch is applied to. */
const MESSAGES: Readonly<Record<string, string>> = {
  BOOTSTRAP: "envoy.config.bootstrap.v3.Bootstrap",
  CLUSTER: "envoy.config.cluster.v3.Cluster",
  EXTENSION_CONFIG: "envoy.config.core.v3.TypedExtensionConfig",
  FILTER_CHAIN: "envoy.config.listener.v3.FilterChain",
  HTTP_FILTER: "envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter",
  HTTP_ROUTE: "envoy.config.route.v3.Route",
  LISTENER: "envoy.config.listener.v3.Listener",
  LISTENER_FILTER: "envoy.config.listener.v3.ListenerFilter",
  NETWORK_FILTER: "envoy.config.listener.v3.Filter",
  ROUTE_CONFIGURATION: "envoy.config.route.v3.RouteConfiguration",
  VIRTUAL_HOST: "envoy.config.route.v3.VirtualHost",
};

/** Two rules ask for the same in turn. */
const known = new WeakMap<MeshObject, ReadonlyMap<string, readonly EnvoyMismatch[]>>();

/** What in the value of a patch does not fit Envoy's API. */
export function valueMismatches(object: MeshObject, configPatch: Field): readonly EnvoyMismatch[] {
  const found = known.get(object) ?? findMismatches(object);
  known.set(object, found);
  return found.get(configPatch.path) ?? [];
}

function findMismatches({ spec }: MeshObject): ReadonlyMap<string, readonly EnvoyMismatch[]> {
  const patches = spec.at("configPatches").items();
  return new Map(patches.map((patch) => [patch.path, [...patchMismatches(patch)]]));
}

function* patchMismatches(configPatch: Field): Generator<EnvoyMismatch> {
  const message = MESSAGES[configPatch.at("applyTo").string() ?? ""];
  const [operation, value] = [configPatch.at("patch", "operation"), configPatch.at("patch", "value")];
  if (message === undefined || value.valueType() !== "map") return;
  // What is merged into a filter that is there has its type from that.
  const isWhole = WHOLE.test(operation.string() ?? "");
  for (const found of envoyMismatches(value, message, isWhole)) {
    if (found.topic === "not taken" && isFetchedByAgent(configPatch, found.field)) continue;
    if (found.topic !== "passed on" || isWhole || found.field.path !== value.path) yield found;
  }
}

/** Whether it is a program for Wasm in another place, for which the agent beside Envoy puts the file that it has fetched. */
function isFetchedByAgent(configPatch: Field, { path }: Field): boolean {
  return configPatch.at("applyTo").string() === "EXTENSION_CONFIG" && /\.code\.remote(?:\.|$)/.test(path);
}

/** Operations whose value is a whole object. */
const WHOLE = /^(?:ADD|INSERT_.*|REPLACE)$/;
