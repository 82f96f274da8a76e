import { kindMeant, kindNamed } from "../model/kindMeant.ts";
import { builtInKinds, groupOf, kindOfManifest, kindsByGroup, type KubernetesKind } from "../../istio/kinds.ts";
import { isMap } from "../../lib/untrusted.ts";
import type { Finding } from "../engine/rule.ts";
import type { MeshObject } from "../model/mesh.ts";
import { servedApiVersions } from "../rules/several-kinds/lib/versions.ts";
import { lacksText } from "../values/reading.ts";
import { at } from "../values/verdicts.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What a manifest says of itself, before what it says of its object. */
export interface Envelope {
  /** What it is judged as: the kind that it names, or the one that was meant; nothing if no rule knows such a kind. */
  readonly kind?: KubernetesKind | undefined;
  /** Why no cluster takes it, whatever else it says. */
  readonly problem?: Finding | undefined;
}

export function readEnvelope(manifest: Fields): Envelope {
  const [apiVersion, kind] = [keyOf(manifest, "apiVersion"), keyOf(manifest, "kind")];
  const problem = misspelt(apiVersion) ?? misspelt(kind);
  const read = readWords(manifest, apiVersion.value, kind.value);
  return { ...read, problem: problem ?? read.problem };
}

interface Key {
  readonly key: string;
  /** As it is written, which may be in other letters. */
  readonly written: string;
  readonly value: unknown;
}

function keyOf(manifest: Fields, key: string): Key {
  const written = Object.hasOwn(manifest, key)
    ? key
    : (Object.keys(manifest).find((one) => one.toLowerCase() === key.toLowerCase()) ?? key);
  return { key, written, value: manifest[written] };
}

function misspelt({ key, written, value }: Key): Finding | undefined {
  return written === key || typeof value !== "string" ? undefined : { path: written, message: `write ${key}` };
}

function readWords(manifest: Fields, apiVersion: unknown, kind: unknown): Envelope {
  if (typeof apiVersion !== "string") return withoutVersion(manifest, kind);
  if (typeof kind !== "string") return withoutKind(manifest, apiVersion);
  const known = kindOfManifest(apiVersion, kind);
  if (known !== undefined) {
    const isTwoParts = apiVersion.split("/").length <= 2;
    return { kind: known, problem: isTwoParts ? undefined : { path: "apiVersion", message: write(known) } };
  }
  const meant = kindMeant(apiVersion, kind);
  // What is wrong with it the rule kind-known says.
  return meant === undefined ? { problem: goneProblem(apiVersion) } : { kind: meant.kind };
}

const write = (kind: KubernetesKind): string => `write apiVersion: ${servedApiVersions(kind)[0] ?? ""}`;

function withoutVersion(manifest: Fields, kind: unknown): Envelope {
  const { metadata, spec } = manifest;
  // Other programs have kinds in their files, too.
  if (typeof kind !== "string" || !isMap(metadata)) return {};
  const meant = kindNamed(kind, isMap(spec) && "listeners" in spec);
  return meant === undefined ? {} : { kind: meant, problem: { path: "apiVersion", message: write(meant) } };
}

function withoutKind(manifest: Fields, apiVersion: string): Envelope {
  const group = groupOf(apiVersion);
  const kinds = kindsByGroup.get(group);
  if (kinds === undefined && !(builtInKinds.has(group) && isMap(manifest.metadata))) return {};
  return { problem: { path: "kind", message: "write a kind, such as VirtualService" } };
}

/** What took the place of kinds that Istio no longer has, by their groups. */
const GONE: Readonly<Record<string, string>> = {
  "authentication.istio.io": "PeerAuthentication and RequestAuthentication of security.istio.io/v1",
  "config.istio.io": "Telemetry of telemetry.istio.io/v1, or an EnvoyFilter",
  "rbac.istio.io": "AuthorizationPolicy of security.istio.io/v1",
};

function goneProblem(apiVersion: string): Finding | undefined {
  const group = groupOf(apiVersion);
  if (!Object.hasOwn(GONE, group)) return undefined;
  return { path: "apiVersion", message: `Istio no longer has this group: write ${GONE[group] ?? ""}` };
}

/** What is wrong with what a manifest says of itself, so that no cluster takes it, whatever else it says. */
export function* envelopeFindings({ kind, root, metadata }: MeshObject): Generator<Finding> {
  // A release of Helm and the mesh networks are no manifests.
  if (kind === "Release" || kind === "MeshNetworks") return;
  const manifest = root.data();
  const { problem } = isMap(manifest) ? readEnvelope(manifest) : {};
  if (problem !== undefined) yield problem;
  if (lacksText(metadata.at("name")) && lacksText(metadata.at("generateName"))) {
    yield at(metadata.at("name"), "name the object");
  }
}
