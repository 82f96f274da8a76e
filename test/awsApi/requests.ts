// The requests that AWS gets for what a program declares.
import { TYPES } from "../../testbed/pulumi/aws/types/index.ts";
import { callsOfType, FUNCTION_CALLS } from "../../tools/deployer/calls.ts";
import type { ModelOf, Request } from "./botocore.ts";
import { asShape, isNothing, memberOf, type Fields } from "./translate.ts";
import { TRANSLATIONS, type Translation } from "./translations.ts";

/** A resource, or a function that is asked, with its inputs. */
export interface Given {
  readonly type: string;
  readonly name: string;
  readonly inputs: Fields;
  /** Those that all resources get which can have tags. */
  readonly defaultTags?: Fields;
}

export interface Requested {
  readonly requests: readonly Request[];
  /** Inputs that find no place in AWS's API. */
  readonly problems: readonly string[];
}

export function requestsFor({ type, name, inputs, defaultTags = {} }: Given, modelOf: ModelOf): Requested {
  const translation = TRANSLATIONS[type];
  if (!translation) return { requests: [], problems: ["has no entry in test/awsApi/translations.ts"] };
  const operations = operationsOf(type, translation);
  const shapes = operations.map(({ service, operation }) => inputOf(service, operation, modelOf));
  const isTagged = shapes.some((shape) => ["Tags", "TagSpecifications"].some((member) => memberOf(shape, member)));
  const tags = { ...(isTagged && defaultTags), ...(inputs.tags as Fields | undefined) };
  const whole = { ...inputs, ...(Object.keys(tags).length > 0 && { tags }) };
  const given = Object.entries(translation.rewritten?.(whole) ?? whole).filter(
    ([input, value]) => !isNothing(value) && translation.pluginOnly?.[input] === undefined,
  );

  const strays: string[] = [];
  const taken = new Set<string>();
  const requests = operations.flatMap(({ service, operation }, index): Request[] => {
    const model = modelOf(service);
    const shape = shapes[index] ?? { type: "structure" };
    const own: string[] = [];
    const members = given.flatMap(([input, value]) => {
      const specified = input === "tags" && index === 0 ? translation.tagged : undefined;
      const [member, content] =
        specified === undefined
          ? [memberFor(input, operation, translation), value]
          : ["TagSpecifications", [{ resourceType: specified, tags: value }]];
      const found = member === undefined ? undefined : memberOf(shape, member);
      const { shape: inner } = shape.members?.[found ?? ""] ?? {};
      if (found === undefined || inner === undefined) return [];
      if (!taken.has(input)) own.push(input);
      return [[found, asShape(content, inner, model, input, strays)] as const];
    });
    // What comes later is for what has not been said yet.
    if (index > 0 && own.length === 0) return [];
    for (const input of own) taken.add(input);
    const { id = "" } = translation;
    const { shape: ofId } = index > 0 ? (shape.members?.[id] ?? {}) : {};
    const meant = ofId === undefined ? {} : { [id]: asShape(name, ofId, model, id, strays) };
    return [{ service, operation, input: { ...Object.fromEntries(members), ...meant } }];
  });
  const untaken = given.flatMap(([input]) => (taken.has(input) ? [] : [input]));
  return { requests, problems: [...strays, ...untaken].map((path) => `${path} is nothing that AWS's API takes`) };
}

/** The calls that a type or a function makes of its inputs, each by the table of what may be called at all. */
function operationsOf(type: string, { also = [] }: Translation) {
  const ofType = TYPES[type];
  const known = ofType ? callsOfType(type) : (FUNCTION_CALLS[type] ?? []);
  const names = ofType ? [ofType.makes, ...also] : known.map((call) => call.split(":")[1] ?? "");
  return names.map((operation) => {
    const [service] = known.find((call) => call.endsWith(`:${operation}`))?.split(":") ?? [];
    if (service === undefined) throw new Error(`tools/deployer/calls.ts does not say that ${type} calls ${operation}`);
    return { service, operation };
  });
}

/** The member that an input is in a call, if that is not of another call. */
function memberFor(input: string, operation: string, { members = {} }: Translation): string | undefined {
  const [first = "", second] = (members[input] ?? input).split(".");
  if (second === undefined) return first;
  return first === operation ? second : undefined;
}

function inputOf(service: string, operation: string, modelOf: ModelOf) {
  const { operations, shapes } = modelOf(service);
  const found = operations[operation];
  if (!found) throw new Error(`AWS's model of ${service} has no ${operation}`);
  return shapes[found.input?.shape ?? ""] ?? { type: "structure" };
}
