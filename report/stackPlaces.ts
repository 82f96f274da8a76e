// Where in a stack file an object comes from.
import { isMap } from "../lib/untrusted.ts";
import { readDocuments } from "../policies/cli/documents.ts";
import { placeOf } from "../policies/cli/places.ts";
import type { Reference } from "../istio/routing/world.ts";
import type { PlaceOf } from "./explanation.ts";
import type { Resource } from "./objects.ts";

interface StackText {
  /** As people call it. */
  readonly name: string;
  readonly text: string;
  /** What is configured in it, by key. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** Names the line of a stack file, and the path there, for objects of the components that the file configures. */
export function placesInStackFile(resources: readonly Resource[], { name, text, config }: StackText): PlaceOf {
  const [document] = readDocuments(name, text);
  const byObject = new Map(resources.flatMap((resource) => [[keyOf(resource), resource] as const]));
  return (object, path) => {
    const parent = byObject.get(`${object.kind}/${object.namespace}/${object.name}`)?.parent ?? "";
    const [component = "", instance = ""] = [parent.split("::")[2]?.split("$").pop(), parent.split("::").at(-1)];
    const setting = settingOf(component, instance, object, path);
    if (setting === undefined || document === undefined || !("text" in document)) return undefined;
    const { key, host, rest } = setting;
    const section = config[key];
    // Rules of a scenario, or of a file of a team, are not in this one.
    if (!isMap(section) || (host !== undefined && section[host] === undefined)) return undefined;
    const below = [...(host === undefined ? [] : [quoted(host)]), rest].join("");
    const { line } = placeOf(document, `config[${JSON.stringify(key)}]${below}`);
    return `${name}:${line} (${key}${host === undefined ? "" : `.${host}`}${rest})`;
  };
}

const quoted = (host: string) => `[${JSON.stringify(host)}]`;

function keyOf({ type, inputs }: Resource): string {
  const { metadata } = (isMap(inputs) ? inputs : {}) as { metadata?: { namespace?: string; name?: string } };
  return `${type.split(":").at(-1) ?? ""}/${metadata?.namespace ?? ""}/${metadata?.name ?? ""}`;
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
