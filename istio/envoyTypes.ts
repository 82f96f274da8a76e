import { createRequire } from "node:module";

/** What a field of Envoy's API holds. */
export interface EnvoyField {
  /** Its name as Envoy's API has it; in JSON it may also be written in camel case. */
  readonly name: string;
  /** A kind of scalar of protocol buffers such as `uint32`, or the full name of a message or an enum. */
  readonly type: string;
  /** Whether it holds one value, a list of them, or a map whose keys are of that kind. */
  readonly holds: "one" | "list" | { readonly keys: string };
  /** The fields of a message with the same number here exclude each other. */
  readonly oneof?: string | undefined;
  /** Whether one of those fields has to be set, for Envoy to take the message. */
  readonly needsOneof: boolean;
  /** Whether Envoy takes no message without it, or with nothing in it. */
  readonly isRequired: boolean;
  /** Whether Envoy asks nothing of the message that it holds. */
  readonly isUnchecked: boolean;
  /** Bounds of a number, or in seconds of a duration, in which Envoy takes it. */
  readonly bounds: readonly Bound[];
}

export interface Bound {
  readonly by: ">" | ">=" | "<" | "<=";
  readonly limit: number;
}

/** The fields of a message by their names in both spellings. */
export type EnvoyMessage = ReadonlyMap<string, EnvoyField>;

/** The message of this full name, e.g. `envoy.config.core.v3.Address`; nothing if istiod does not know it. */
export function envoyMessage(name: string): EnvoyMessage | undefined {
  if (!messages.has(name)) messages.set(name, readMessage(name));
  return messages.get(name);
}

/** The names of an enum's values; nothing if it is none. */
export function envoyEnum(name: string): readonly string[] | undefined {
  const [fullPackage, inPackage] = partsOf(name);
  const values = all()[fullPackage]?.enums;
  return values !== undefined && Object.hasOwn(values, inPackage) ? values[inPackage]?.split(" ") : undefined;
}

/** The full names of all messages that istiod knows. */
export function envoyMessageNames(): string[] {
  return Object.entries(all()).flatMap(([fullPackage, { messages = {} }]) =>
    Object.keys(messages).map((name) => `${fullPackage}.${name}`),
  );
}

/** The name as JSON has it: `connect_timeout` is `connectTimeout`. */
export function inCamelCase(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

type Packages = Readonly<Record<string, { readonly messages?: Names; readonly enums?: Names }>>;
type Names = Readonly<Record<string, string>>;

const messages = new Map<string, EnvoyMessage | undefined>();

function readMessage(name: string): EnvoyMessage | undefined {
  const [fullPackage, inPackage] = partsOf(name);
  const known = all()[fullPackage]?.messages ?? {};
  if (!Object.hasOwn(known, inPackage)) return undefined;
  const fields = (known[inPackage] ?? "").split(" ").filter((text) => text !== "");
  return new Map(
    fields.flatMap((text) => {
      const field = readField(text, fullPackage);
      return [
        [inCamelCase(field.name), field],
        [field.name, field],
      ];
    }),
  );
}

/** Fields are written as testbed/programs/envoy-types prints them. */
const FIELD = /^(\w+)(?:~(\d+)(!?))?:(\[\])?(?:\{(\w+)\})?([^!]*)(?:!(\??)(-?)(.*))?$/;

function readField(text: string, fullPackage: string): EnvoyField {
  const [, name = "", oneof, needed, list, keys, type = "", optional, unchecked, bounds = ""] = FIELD.exec(text) ?? [];
  return {
    name,
    oneof,
    needsOneof: needed === "!",
    holds: keys === undefined ? (list === undefined ? "one" : "list") : { keys },
    type: type.startsWith(".") ? `${fullPackage}${type}` : type,
    isRequired: optional === "",
    isUnchecked: unchecked === "-",
    bounds: [...bounds.matchAll(/([<>]=?)([^<>=]+)/g)].map(([, by, limit]) => ({
      by: by as Bound["by"],
      limit: Number(limit),
    })),
  };
}

/** Packages are in small letters, and types are not. */
function partsOf(name: string): [fullPackage: string, inPackage: string] {
  const [, fullPackage = "", inPackage = ""] = /^([a-z][\w.]*?)\.([A-Z].*)$/.exec(name) ?? [];
  return [fullPackage, inPackage];
}

let known: Packages | undefined;

/** Few files have EnvoyFilters, and it takes some time to read. */
function all(): Packages {
  known ??= (file() as { readonly packages: Packages }).packages;
  return known;
}

/** See gatewayApi.ts. */
function file(): unknown {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  if (typeof require === "function") return require("./generated/envoyTypes.json");
  return createRequire(import.meta.url)("./generated/envoyTypes.json");
}
