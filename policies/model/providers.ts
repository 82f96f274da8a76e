// Extension providers of the mesh config: what writes logs, traces and metrics, and what authorizes requests.
import { load } from "js-yaml";
import type { Field } from "./field.ts";
import type { Mesh } from "./mesh.ts";
import { meshConfigObject, meshConfig } from "./meshConfig.ts";
import { readReleases } from "./releases.ts";

/** Providers that Istio has by default: DefaultMeshConfig in pkg/config/mesh/mesh.go of its source. */
const STANDARD = ["prometheus", "stackdriver", "envoy"];

export interface Providers {
  /** Whether the mesh config was given beside the objects: what is declared may be patched elsewhere. */
  readonly areGiven: boolean;
  /** Whether the mesh certainly has no provider of a name. */
  lacks(name: string): boolean;
  /** Whether it certainly has none of a name that authorizes requests. */
  lacksAuthorizer(name: string): boolean;
}

/** Nothing if the mesh config is not known. */
export function readProviders(mesh: Mesh): Providers | undefined {
  const list = meshConfig(mesh).at("extensionProviders");
  const names = list.items().map((provider) => provider.at("name"));
  if (!isConfigKnown(mesh) || [list, ...names].some((place) => place.isUnknown())) return undefined;
  const named = (name: string) =>
    list.items().filter((provider) => provider.at("name").string()?.toLowerCase() === name.toLowerCase());
  return {
    areGiven: mesh.options.config !== undefined,
    lacks: (name) => !STANDARD.includes(name.toLowerCase()) && named(name).length === 0,
    lacksAuthorizer: (name) => !named(name).some(mayAuthorize),
  };
}

function mayAuthorize(provider: Field): boolean {
  return provider.isUnknown() || provider.keys().some((key) => /^envoyExtAuthz(Http|Grpc)$/.test(key));
}

/** Whether the whole mesh config is known: given beside the objects, or declared, and not changed by a profile of the chart. */
function isConfigKnown(mesh: Mesh): boolean {
  if (mesh.options.config !== undefined) return true;
  const object = meshConfigObject(mesh);
  if (object === undefined) return false;
  if (object.kind === "ConfigMap") return isText(object.root.at("data", "mesh").string());
  const values = mesh.derive(readReleases).find(({ release }) => release === object)?.values;
  const profiles = [values?.at("profile"), values?.at("global", "profile"), values?.at("compatibilityVersion")];
  return profiles.every((place) => place?.isAbsent() === true) && values?.at("meshConfig").isUnknown() === false;
}

function isText(text: string | undefined): boolean {
  if (text === undefined) return false;
  try {
    return typeof load(text) === "object";
  } catch {
    return false;
  }
}
