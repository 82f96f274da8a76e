// Folders with a kustomization. What the cluster gets is what `kustomize build` prints, so that is what is checked; patches are no
// objects of their own.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { MeshObject } from "../model/mesh.ts";
import { readDocuments } from "./documents.ts";
import { isMap } from "../../lib/untrusted.ts";
import { printedBy, type Printed } from "./programs.ts";

const NAMES = new Set(["kustomization.yaml", "kustomization.yml", "Kustomization"]);

export const isKustomization = (file: string): boolean => NAMES.has(path.basename(file));

/** What a kustomization names, by absolute path. */
export interface Kustomization {
  readonly folder: string;
  readonly file: string;
  /** Other kustomizations that it is made of. */
  readonly bases: readonly string[];
  /** Its own files of whole objects. */
  readonly resources: readonly string[];
  /** Every file that it reads, patches as well. */
  readonly files: readonly string[];
  /** Whether it names something on another machine, which a check does not fetch. */
  readonly isRemote: boolean;
  /** Whether it is a part for others. */
  readonly isComponent: boolean;
}

/** The kustomizations of a checkout. */
export interface Kustomizations {
  readonly all: readonly Kustomization[];
  /** Those that no other one is made of. */
  readonly roots: readonly Kustomization[];
  /** Absolute paths of the files that belong to one, so that they are no manifests of their own. */
  readonly parts: ReadonlySet<string>;
}

export function kustomizationsOf(
  texts: readonly { readonly file: string; readonly content: string }[],
): Kustomizations {
  const all = texts
    .filter(({ file }) => isKustomization(file))
    .flatMap(({ file, content }) => read(file, content) ?? []);
  const used = new Set(all.flatMap(({ bases }) => bases));
  return {
    all,
    roots: all.filter(({ folder, isComponent }) => !isComponent && !used.has(folder)),
    parts: new Set(all.flatMap(({ file, files }) => [path.resolve(file), ...files])),
  };
}

/** Nothing if the file is of a program that has another kind of kustomizations, such as Flux. */
function read(file: string, content: string): Kustomization | undefined {
  const folder = path.dirname(path.resolve(file));
  const [document] = readDocuments(file, content);
  const value = document !== undefined && "value" in document ? document.value : undefined;
  const fields = isMap(value) ? value : {};
  const { apiVersion } = fields;
  if (typeof apiVersion === "string" && !apiVersion.startsWith("kustomize.config.k8s.io/")) return undefined;
  const named = [...strings(fields.resources), ...strings(fields.bases), ...strings(fields.components)];
  const all = namesIn(fields).map((name) => path.resolve(folder, name));
  return {
    folder,
    file,
    bases: named.filter((name) => !isRemote(name)).map((name) => path.resolve(folder, name)),
    resources: strings(fields.resources)
      .filter((name) => !isRemote(name))
      .map((name) => path.resolve(folder, name)),
    files: all,
    isRemote: named.some(isRemote),
    isComponent: fields.kind === "Component",
  };
}

/** A resource by URL, or by a host and a path as Git has them. */
const isRemote = (name: string) => /:\/\/|^git@|^github\.com\/|\?ref=/.test(name);

/** Every text in a kustomization that may be the name of a file. */
function namesIn(value: unknown): string[] {
  if (typeof value === "string") return /^[^\n:{}]+\.(ya?ml|json)$/.test(value) ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(namesIn);
}

/** The file that a rendered object is from; nothing for one that a generator made. */
export function originOf({ annotations }: MeshObject): string | undefined {
  const origin = /^path: (.*)$/m.exec(annotations.at("config.kubernetes.io/origin").string() ?? "")?.[1];
  // It is told from the scratch folder of `render` on, which lies in that of all.
  return origin === undefined ? undefined : path.relative("", path.join(realpathSync(tmpdir()), "scratch", origin));
}

/** What a kustomization is made of, as far as it can be rendered. */
export interface Rendering {
  readonly rendered: readonly { readonly kustomization: Kustomization; readonly text: string }[];
  /** Absolute paths of the files of whole objects in what can not be rendered. */
  readonly plain: readonly string[];
  readonly failed: readonly { readonly kustomization: Kustomization; readonly reason: string }[];
}

/** Renders kustomizations, and where one can not be, each of those that it is made of. */
export function rendererOf(all: readonly Kustomization[]): (root: Kustomization) => Rendering {
  const byFolder = new Map(all.map((kustomization) => [kustomization.folder, kustomization]));
  const basesOf = ({ bases }: Kustomization) => bases.flatMap((folder) => byFolder.get(folder) ?? []);
  const printed = new Map<Kustomization, Printed>();

  const isRemoteBelow = (kustomization: Kustomization, seen = new Set<Kustomization>()): boolean => {
    if (seen.has(kustomization)) return false;
    seen.add(kustomization);
    return kustomization.isRemote || basesOf(kustomization).some((base) => isRemoteBelow(base, seen));
  };
  const print = (kustomization: Kustomization): Printed => {
    const known = printed.get(kustomization);
    if (known !== undefined) return known;
    const now = isRemoteBelow(kustomization)
      ? { reason: "it names resources on another machine, which are not fetched" }
      : printedWith(kustomization);
    printed.set(kustomization, now);
    return now;
  };
  return (root) => {
    // One that is named twice, or in a circle, is read once.
    const seen = new Set<Kustomization>();
    const render = (kustomization: Kustomization): Rendering => {
      if (seen.has(kustomization)) return { rendered: [], plain: [], failed: [] };
      seen.add(kustomization);
      const now = print(kustomization);
      if ("text" in now) return { rendered: [{ kustomization, text: now.text }], plain: [], failed: [] };
      const parts = basesOf(kustomization).map(render);
      return {
        rendered: parts.flatMap(({ rendered }) => rendered),
        plain: [...kustomization.resources, ...parts.flatMap(({ plain }) => plain)],
        failed: [{ kustomization, reason: now.reason }, ...parts.flatMap(({ failed }) => failed)],
      };
    };
    return render(root);
  };
}

/** Prints with the kustomize program, or with kubectl, which has it built in. Neither runs what a file names. */
function printedWith({ folder, isComponent }: Kustomization): Printed {
  if (isComponent) return { reason: "a component is rendered with what it is a part of" };
  const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), "mesh-check-")));
  try {
    const around = { resources: [path.relative(scratch, folder)], buildMetadata: ["originAnnotations"] };
    writeFileSync(path.join(scratch, "kustomization.yaml"), JSON.stringify(around));
    const printed = printedBy(["kustomize", "build", scratch], ["kubectl", "kustomize", scratch]);
    // The folder around it is gone by then.
    return "text" in printed ? printed : { reason: printed.reason.replaceAll(scratch, folder) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
