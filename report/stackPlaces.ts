// Where in a stack file an object comes from.
import { isMap } from "../lib/untrusted.ts";
import { kindIn, nameOf, typeOf } from "../tools/preview/events.ts";
import { readDocuments } from "../policies/cli/documents.ts";
import { placeOf } from "../policies/cli/places.ts";
import type { Reference } from "../istio/routing/world.ts";
import type { PlaceOf } from "./explanation.ts";
import type { Resource } from "./objects.ts";

export interface StackText {
  /** As people call it. */
  readonly name: string;
  readonly text: string;
  /** What is configured in it, by key. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** A line of a stack file, and the path there. */
export interface StackPlace {
  readonly line: number;
  readonly setting: string;
}

/** Names the line of a stack file, and the path there, for objects of the components that the file configures. */
export function placesInStackFile(resources: readonly Resource[], text: StackText): PlaceOf {
  const linesOf = linesInStackFile(resources, text);
  return (object, path) => {
    const place = linesOf(object, path);
    return place && `${text.name}:${place.line} (${place.setting})`;
  };
}

/** The line for a path of an object; nothing for an object that the file does not configure. */
export function linesInStackFile(
  resources: readonly Resource[],
  { name, text, config }: StackText,
): (object: Reference, path: string | undefined) => StackPlace | undefined {
  const [document] = readDocuments(name, text);
  const byObject = new Map(resources.flatMap((resource) => [[keyOf(resource), resource] as const]));
  return (object, path) => {
    const parent = byObject.get(`${object.kind}/${object.namespace}/${object.name}`)?.parent ?? "";
    const [component, instance] = [typeOf(parent), nameOf(parent)];
    const setting = settingOf(component, instance, object, path);
    if (setting === undefined || document === undefined || !("text" in document)) return undefined;
    const { key, host, rest } = setting;
    const section = config[key];
    // Rules of a scenario, or of a file of a team, are not in this one.
    if (!isMap(section) || (host !== undefined && section[host] === undefined)) return undefined;
    const below = [...(host === undefined ? [] : [quoted(host)]), rest].join("");
    const { line } = placeOf(document, `config[${JSON.stringify(key)}]${below}`);
    return { line, setting: `${key}${host === undefined ? "" : `.${host}`}${rest}` };
  };
}

const quoted = (host: string) => `[${JSON.stringify(host)}]`;

function keyOf({ type, inputs }: Resource): string {
  const { metadata } = (isMap(inputs) ? inputs : {}) as { metadata?: { namespace?: string; name?: string } };
  return `${kindIn(type)}/${metadata?.namespace ?? ""}/${metadata?.name ?? ""}`;
}

interface Setting {
  readonly key: string;
  readonly host?: string;
  /** The path below the key, or below the host. */
  readonly rest: string;
}

function settingOf(component: string, instance: string, { kind }: Reference, path = ""): Setting | undefined {
  if (component === "mesh:traffic:HostTraffic") {
    return { key: "mesh:traffic", host: instance, rest: REST[kind]?.(path) ?? "" };
  }
  return component.startsWith("mesh:security:") ? { key: "mesh:security", rest: "" } : undefined;
}

/** What the arguments of a host are called that became a place in one of its objects. */
const REST: Readonly<Record<string, (path: string) => string>> = {
  VirtualService: (path) =>
    path
      .replace(/^spec\.http/, ".routes")
      .replace(/\.route\[\d+\]$/, ".to")
      .replace(/\.corsPolicy$/, ".cors"),
  DestinationRule: (path) => (path.startsWith("spec.subsets") ? ".subsets" : ""),
  Gateway: () => ".exposure",
};
