import { isDeepStrictEqual } from "node:util";
import { isFields, type Fields, type Value } from "../../../../testbed/pulumi/provider/values/value.ts";
import { Refusal } from "./refusal.ts";

/** Who manages which field, e.g. `.spec.http`. */
export type FieldOwners = ReadonlyMap<string, string>;

/** Managed is what lies two levels deep: enough to tell who owns `spec.http` or `metadata.labels`. */
function fieldsOf(object: Fields): Map<string, Value> {
  const sections = Object.entries(object).filter(([key]) => !["apiVersion", "kind"].includes(key));
  return new Map(
    sections.flatMap(([section, value]) =>
      isFields(value)
        ? Object.entries(value).map(([key, item]) => [`.${section}.${key}`, item] as const)
        : [[`.${section}`, value] as const],
    ),
  );
}

const IDENTITY = new Set([".metadata.name", ".metadata.namespace"]);

/** Server-side apply, as far as two levels of fields show it. */
export function applyFields(
  before: Fields | undefined,
  owners: FieldOwners,
  wanted: Fields,
  manager: string,
  force: boolean,
): { live: Fields; owners: FieldOwners } {
  const live: Fields = structuredClone(before ?? { apiVersion: wanted.apiVersion, kind: wanted.kind });
  const have = fieldsOf(live);
  const now = new Map(owners);
  const conflicts: Fields[] = [];
  for (const [path, value] of fieldsOf(wanted)) {
    const owner = owners.get(path);
    const isOthers = owner !== undefined && owner !== manager && !IDENTITY.has(path);
    if (isOthers && !force && !isDeepStrictEqual(have.get(path), value)) {
      const message = `conflict with "${owner}" using ${wanted.apiVersion}`;
      conflicts.push({ reason: "FieldManagerConflict", message, field: path });
    }
    now.set(path, manager);
    set(live, path, structuredClone(value));
  }
  if (conflicts.length > 0) {
    const list = conflicts.map(({ message, field }) => `${message}: ${field}`).join("\n");
    throw new Refusal(409, `Apply failed with ${conflicts.length} conflict: ${list}`, { causes: conflicts });
  }
  for (const [path, owner] of owners) {
    if (owner !== manager || fieldsOf(wanted).has(path)) continue;
    set(live, path, undefined);
    now.delete(path);
  }
  return { live, owners: now };
}

function set(object: Fields, path: string, value: Value): void {
  const [, section = "", key] = path.split(/^\.([^.]+)\.?/);
  if (!key) object[section] = value;
  else object[section] = { ...object[section], [key]: value };
}
