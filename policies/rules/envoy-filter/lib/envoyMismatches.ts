import {
  envoyEnum,
  envoyMessage,
  inCamelCase,
  type EnvoyField,
  type EnvoyMessage,
} from "../../../../istio/envoyTypes.ts";
import { didYouMean } from "../../../../lib/schema/problems.ts";
import type { Field } from "../../../model/field.ts";
import { list } from "../../../../lib/list.ts";
import { demandMismatches } from "./envoyDemands.ts";
import { isReadByEnvoy, scalarCheck } from "./envoyScalars.ts";
import { isTypedStruct, messageOf, typeProblem } from "./envoyTypeNames.ts";

/** Something in a patch that does not fit Envoy's API. */
export interface EnvoyMismatch {
  readonly field: Field;
  /**
   * What becomes of it: istiod refuses the patch, or leaves this part out of it, or passes it on to proxies that know no such filter,
   * or that do not take such a value.
   */
  readonly topic: "refused" | "dropped" | "passed on" | "not taken";
  /** Whether Envoy, which reads with another library than istiod, takes it, or may. */
  readonly isForEnvoy?: boolean;
  /** The way out. */
  readonly message: string;
}

/**
 * All that does not fit a message of Envoy's API in the JSON of protocol buffers. What is not known yet fits.
 *
 * @param type - the full name of the message
 * @param isWhole - whether the message is all that there is, rather than merged into another one
 */
export function* envoyMismatches(field: Field, type: string, isWhole: boolean): Generator<EnvoyMismatch> {
  // An item of a list or a map that is empty stands for the default.
  if (field.isUnknown() || field.isAbsent()) return;
  const wellKnown = WELL_KNOWN[type];
  if (wellKnown !== undefined) {
    yield* wellKnown(field, isWhole);
    return;
  }
  const scalar = scalarCheck(type);
  if (scalar !== undefined) {
    const problem = scalar(field);
    if (problem !== undefined) {
      yield { field, topic: "refused", message: problem, isForEnvoy: isReadByEnvoy(type, field.valueType()) };
    }
    return;
  }
  const message = envoyMessage(type);
  if (message !== undefined) yield* messageMismatches(field, message, type, isWhole);
  else yield* enumMismatches(field, type);
}

/** Messages whose JSON is not that of their fields, and not that of a scalar. */
const WELL_KNOWN: Readonly<Record<string, (field: Field, isWhole: boolean) => Iterable<EnvoyMismatch>>> = {
  "google.protobuf.Any": anyMismatches,
  "google.protobuf.Empty": mapMismatches,
  "google.protobuf.Struct": mapMismatches,
  // Anything may stand here.
  "google.protobuf.Value": () => [],
  *"google.protobuf.ListValue"(field) {
    if (field.valueType() !== "list") yield { field, topic: "refused", message: "use a list" };
  },
};

function* mapMismatches(field: Field): Generator<EnvoyMismatch, boolean> {
  if (field.valueType() === "map") return false;
  yield { field, topic: "refused", message: "use a map" };
  return true;
}

/** A message of any type, which it names beside its fields, or beside its value where its JSON is no map of fields. */
function* anyMismatches(field: Field, isWhole: boolean): Generator<EnvoyMismatch> {
  if (yield* mapMismatches(field)) return;
  const type = field.at("@type");
  if (type.isUnknown()) return;
  const problem = typeProblem(type);
  if (problem !== undefined) {
    yield { field: type.isAbsent() ? field : type, topic: "refused", message: problem, isForEnvoy: true };
    return;
  }
  const name = messageOf(type.string() ?? "");
  const message = envoyMessage(name);
  if (message === undefined) return;
  if (Object.hasOwn(WELL_KNOWN, name) || scalarCheck(name) !== undefined) {
    const value = field.at("value");
    if (value.isAbsent()) yield { field: value, topic: "refused", message: "add what the type is about, as value" };
    else yield* envoyMismatches(value, name, isWhole);
    return;
  }
  yield* fieldsMismatches(field, message, name, isWhole, "@type");
  if (isTypedStruct(name)) yield* structMismatches(field, isWhole);
}

/** Envoy reads the value of a typed struct as the message that it names, and drops what is no field of that. */
function* structMismatches(field: Field, isWhole: boolean): Generator<EnvoyMismatch> {
  const [url, value] = [field.at("type_url"), field.at("value")];
  const type = (url.isPresent() ? url : field.at("typeUrl")).string();
  if (type === undefined || envoyMessage(messageOf(type)) === undefined) return;
  for (const found of envoyMismatches(value, messageOf(type), isWhole)) {
    // istiod does not look into it.
    if (found.topic !== "refused") yield found;
    else if (found.isForEnvoy !== true) yield { ...found, topic: "not taken" };
  }
}

function* messageMismatches(
  field: Field,
  message: EnvoyMessage,
  type: string,
  isWhole: boolean,
): Generator<EnvoyMismatch> {
  if (yield* mapMismatches(field)) return;
  if (FILTERS.has(type) && TYPED.every((name) => field.at(name).isAbsent())) {
    const words = "add typed_config with its @type: Envoy no longer knows a filter by its name";
    yield { field, topic: "passed on", message: words };
  }
  yield* fieldsMismatches(field, message, type, isWhole);
}

/** Messages that are a filter, whose settings are of a type of their own. */
const FILTERS = new Set([
  "envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter",
  "envoy.config.listener.v3.Filter",
  "envoy.config.listener.v3.ListenerFilter",
]);

/** By which of their fields a type can come. */
const TYPED = ["typed_config", "typedConfig", "config_discovery", "configDiscovery"];

function* fieldsMismatches(
  field: Field,
  message: EnvoyMessage,
  type: string,
  isWhole: boolean,
  beside?: string,
): Generator<EnvoyMismatch> {
  const set = new Set<string>();
  for (const [key, value] of field.entries()) {
    if (key === beside) continue;
    const known = message.get(key);
    if (known === undefined) {
      yield { field: value, topic: "dropped", message: unknownName(key, message, type) };
      continue;
    }
    const group = known.oneof === undefined ? known.name : `~${known.oneof}`;
    // What is empty, or may be once it is known, excludes nothing.
    if (!value.isPresent()) continue;
    // istiod keeps one of them without a word.
    if (set.has(known.name) || set.has(group)) yield { field: value, topic: "dropped", message: twice(known, message) };
    set.add(known.name).add(group);
    for (const found of fieldMismatches(value, known, isWhole)) {
      if (found.topic !== "not taken" || !known.isUnchecked) yield found;
    }
  }
  yield* demandMismatches(field, message, type, isWhole);
}

function twice({ name, oneof }: EnvoyField, message: EnvoyMessage): string {
  const group = new Set([...message.values()].filter((one) => oneof !== undefined && one.oneof === oneof));
  const names = [...group].map((one) => one.name);
  return names.length > 1 ? `set only one of ${list(names)}` : `set ${name} once, in one spelling`;
}

function* fieldMismatches(field: Field, { type, holds }: EnvoyField, isWhole: boolean): Generator<EnvoyMismatch> {
  if (holds === "one") {
    yield* envoyMismatches(field, type, isWhole);
  } else if (field.isUnknown()) {
    return;
  } else if (holds === "list") {
    if (field.valueType() !== "list") yield { field, topic: "refused", message: "use a list, even of one item" };
    for (const item of field.items()) yield* envoyMismatches(item, type, isWhole);
  } else if (!(yield* mapMismatches(field))) {
    for (const [key, value] of field.entries()) {
      if (type === "google.protobuf.Any" && key === "@type") {
        const message = "write the name of what this is for first, such as a filter's, and the type below it";
        yield { field: value, topic: "refused", message };
        return;
      }
      yield* envoyMismatches(value, type, isWhole);
    }
  }
}

function* enumMismatches(field: Field, type: string): Generator<EnvoyMismatch> {
  const words = envoyEnum(type);
  if (words === undefined) return;
  const word = field.string();
  if (word === undefined ? scalarCheck("int32")?.(field) === undefined : words.includes(word)) return;
  const meant = word === undefined ? undefined : didYouMean(word, words);
  const hint = meant === undefined ? `use one of ${list(words)}` : `did you mean ${meant}?`;
  const isForEnvoy = words.some((one) => one.toLowerCase() === word?.toLowerCase());
  yield { field, topic: "refused", message: `Envoy's API has no such word here; ${hint}`, isForEnvoy };
}

/** Longer lists nobody reads. */
const MOST = 12;

function unknownName(name: string, message: EnvoyMessage, type: string): string {
  if (name === "@type") return `${type} has no @type: move it into the typed message, such as typed_config`;
  const names = [...new Set([...message.values()].map((field) => field.name))];
  const spelled = /[A-Z]/.test(name) && !name.includes("_") ? names.map(inCamelCase) : names;
  const meant = didYouMean(name, spelled);
  if (meant !== undefined) return `${type} has no such field; did you mean ${meant}?`;
  const [below] = [...message.values()].filter((field) => envoyMessage(field.type)?.has(name));
  if (below !== undefined) return `${type} has no such field; did you mean ${below.name}.${name}?`;
  if (names.length === 0) return `${type} has no fields: remove this one`;
  if (names.length <= MOST) return `${type} has no such field; its fields are ${list(names)}`;
  return `${type} has no such field: look for it in Envoy's reference, perhaps at another place`;
}
