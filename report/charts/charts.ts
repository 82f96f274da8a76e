// What a new version of a chart, or other values, make of the objects that a release consists of.
import { alphabetical } from "../../istio/routing/world.ts";
import { groupedBy } from "../../policies/model/groups.ts";
import { mapOf } from "../../lib/untrusted.ts";
import { differences, type Difference } from "./difference.ts";
import {
  identityOf,
  identityText,
  keyOf,
  withDataRead,
  withoutNoise,
  type Identity,
  type Manifest,
} from "./manifest.ts";
import { shownValues } from "./values.ts";

/** What helm makes of the same inputs at two times: what differs between them is made up anew by each rendering. */
export type Twice = readonly [first: readonly Manifest[], second: readonly Manifest[]];

/** A release whose inputs change, rendered on both sides. */
export interface RenderedRelease {
  readonly release: string;
  /** The chart with its version, before and after. */
  readonly charts: readonly [before: string, after: string];
  /** The objects, or why there are none. */
  readonly rendered: { readonly before: Twice; readonly after: Twice } | { readonly reason: string };
  /** What the rendering leaves out, such as a value that is a secret. */
  readonly leftOut: readonly string[];
}

export interface ChangedObject {
  readonly object: string;
  /** The fields that change; the values of a few that are no secrets. */
  readonly fields: readonly string[];
}

/** What changes of a release's objects. Each is named by kind, namespace and name. */
export interface ChartChange {
  readonly release: string;
  readonly charts: readonly [before: string, after: string];
  /** False where the objects could not be had. */
  readonly isCompared: boolean;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly renamed: readonly string[];
  readonly changed: readonly ChangedObject[];
  /** Definitions of kinds that go: with one go all objects of its kind. */
  readonly lostKinds: readonly string[];
  /** What could not be told, and why. */
  readonly undecided: readonly string[];
}

/** So many fields of an object are named; in a line for people, as many as one reads. */
const FIELDS = 40;
const READ = 8;

export function chartChange({ release, charts, rendered, leftOut }: RenderedRelease): ChartChange {
  const nothing = {
    release,
    charts,
    added: [],
    removed: [],
    renamed: [],
    changed: [],
    lostKinds: [],
    isCompared: false,
  };
  if ("reason" in rendered)
    return { ...nothing, undecided: [`the chart of ${release}: ${rendered.reason}`, ...leftOut] };
  const [before, after] = [read(rendered.before), read(rendered.after)];
  const gone = [...before.values()].filter(({ key }) => !after.has(key));
  const come = [...after.values()].filter(({ key }) => !before.has(key));
  const { renamed, removed, added } = withoutRenamed(gone, come);
  const changed = [...before.values()].flatMap((old) => {
    const next = after.get(old.key);
    const fields = next === undefined ? [] : changedFields(old, next);
    return fields.length === 0 ? [] : [{ object: identityText(old.identity), fields }];
  });
  const lost = removed
    .filter(({ identity: { kind } }) => kind === "CustomResourceDefinition")
    .filter((one) => !isKept(one));
  return {
    ...{ release, charts, isCompared: true },
    added: namesOf(added),
    removed: removed
      .map((one) => `${identityText(one.identity)}${isKept(one) ? ", which stays in the cluster" : ""}`)
      .toSorted(alphabetical),
    renamed: renamed
      .filter(([old, next]) => old.isStable && next.isStable)
      .map(([old, next]) => `${identityText(old.identity)} => ${next.identity.name}`)
      .toSorted(alphabetical),
    changed: changed.toSorted((one, other) => alphabetical(one.object, other.object)),
    lostKinds: lost.map(({ identity: { name } }) => name).toSorted(alphabetical),
    undecided: leftOut,
  };
}

interface Rendered {
  readonly identity: Identity;
  readonly key: string;
  readonly first: Manifest;
  /** As it was rendered again; undefined for an object that has another name each time. */
  readonly second: Manifest | undefined;
  readonly isStable: boolean;
}

function read([first, second]: Twice): ReadonlyMap<string, Rendered> {
  const plain = (manifest: Manifest) => withoutNoise(withDataRead(manifest));
  const again = new Map(second.map((manifest) => [keyOf(identityOf(manifest)), plain(manifest)]));
  return new Map(
    first.map((manifest) => {
      const identity = identityOf(manifest);
      const key = keyOf(identity);
      const twin = again.get(key);
      return [key, { identity, key, first: plain(manifest), second: twin, isStable: twin !== undefined }];
    }),
  );
}

/** Fields that differ each time, whatever the inputs are, are left out. */
function changedFields(old: Rendered, next: Rendered): string[] {
  const random = new Set([old, next].flatMap(({ first, second }) => differences(first, second ?? first).map(pathOf)));
  const again = new Set(differences(old.second ?? old.first, next.second ?? next.first).map(pathOf));
  const found = differences(old.first, next.first).filter(({ path }) => again.has(path) && !random.has(path));
  const texts = [...new Set(found.map((each) => fieldText(each, next.identity)))];
  return shortened(texts, FIELDS);
}

/** The first of a list, and how many more. */
const shortened = (texts: readonly string[], most: number): string[] =>
  texts.length > most ? [...texts.slice(0, most), `and ${texts.length - most} more`] : [...texts];

const pathOf = ({ path }: Difference) => path;

function fieldText({ path, op, before, after }: Difference, identity: Identity): string {
  const values = shownValues(identity.kind, path, before, after);
  const place = identity.kind === "CustomResourceDefinition" ? inSchema(path) : path;
  return `${place}${op === "changed" ? "" : ` ${op}`}${values === undefined ? "" : `: ${values}`}`;
}

/** A definition says the same in each of its versions, at a place that has its own words on the way. */
const inSchema = (path: string): string =>
  path
    .replace(/^spec\.versions\[[^\]]*\]\.schema\.openAPIV3Schema\./, "")
    .replaceAll(/(^|\.)(properties|items)(?=\.)/g, "")
    .replace(/^\./, "");

/** An object that says the same under another name was renamed, as by a suffix that a chart makes of its version. */
function withoutRenamed(gone: readonly Rendered[], come: readonly Rendered[]) {
  const left = groupedBy(come, sameness);
  const renamed: (readonly [Rendered, Rendered])[] = [];
  const removed = gone.filter((old) => {
    const next = left.get(sameness(old))?.shift();
    if (next !== undefined) renamed.push([old, next]);
    return next === undefined;
  });
  return { renamed, removed, added: [...left.values()].flat() };
}

function sameness({ identity: { kind, namespace, name }, first, isStable }: Rendered): string {
  const { metadata, ...rest } = first;
  const about = { ...mapOf(metadata), name: undefined };
  // What a chart makes up anew each time has keys alone in common.
  const said = isStable || kind !== "Secret" ? rest : { ...rest, data: Object.keys(mapOf(rest.data)), stringData: {} };
  return JSON.stringify([kind, namespace, about, said], (_key, value: unknown) => (value === name ? "\0" : value));
}

/** Helm leaves such an object where it is. */
const isKept = ({ first }: Rendered): boolean =>
  mapOf(mapOf(first.metadata).annotations)["helm.sh/resource-policy"] === "keep";

const namesOf = (objects: readonly Rendered[]): string[] =>
  objects.map(({ identity }) => identityText(identity)).toSorted(alphabetical);

/** What changes of a release, in a line. */
export function chartSummary({ release, charts, isCompared, added, removed, renamed, changed }: ChartChange): string {
  const [before, after] = charts;
  const parts = Object.entries({ removed, added, renamed, changed }).flatMap(([what, { length }]) =>
    length === 0 ? [] : [`${length} ${what}`],
  );
  const what = before === after ? before : `${before} => ${after}`;
  const result = parts.length > 0 ? `objects: ${parts.join(", ")}` : isCompared ? "no object changes" : "not compared";
  return `${release} (${what}): ${result}`;
}

/** Every object of a release that changes, one a line. */
export const chartLines = ({ added, removed, renamed, changed }: ChartChange): string[] => [
  ...removed.map((name) => `removed: ${name}`),
  ...added.map((name) => `added: ${name}`),
  ...renamed.map((name) => `renamed: ${name}`),
  ...changed.map(({ object, fields }) => `changed: ${object}: ${shortened(fields, READ).join(", ")}`),
];
