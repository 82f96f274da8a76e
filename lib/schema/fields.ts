import { z } from "zod";
import { isIpv6Network, isNetwork } from "../cidr.ts";
import { list } from "../list.ts";
import { text } from "./text.ts";

export * from "./amounts.ts";
export { text } from "./text.ts";

// A schema checks one stack file, or the arguments of one component: compiling it first takes longer than that.
z.config({ jitless: true });

/*
 * Kinds of fields. The error of each says what it has to be; `parseSettings` puts before it where, and after it what was
 * found instead.
 */

/** A map with the given keys and no others. */
export function section<Fields extends z.core.$ZodShape>(fields: Fields) {
  const known = Object.keys(fields);
  return z.strictObject(fields, { error: `must be a map of ${list(known, "and")}` }).superRefine((_, { issues }) => {
    // `problemsOf` says which name was meant.
    for (const issue of issues) if (issue.code === "unrecognized_keys" && !issue.path?.length) issue.known = known;
  }, always);
}

/** A map with keys of the user's own. */
export function named<Value extends z.core.SomeType>(key: z.ZodType<string>, value: Value, what: string) {
  const field = z.record(z.string(), value, { error: `must be a map from ${what}` }).superRefine((entries, context) => {
    // Beside the record, not in it, since Zod does not look at the value of a key that is wrong.
    for (const name of Object.keys(entries)) {
      const error = key.safeParse(name).error?.issues[0];
      if (error) context.addIssue({ code: "custom", path: [name], message: `has a wrong name: it ${error.message}` });
    }
  }, always);
  namesOf.set(field, key);
  return field;
}

/** The schema of the keys of a map made by `named`, for a document of what it may be. */
export const namesOf = new WeakMap<z.core.$ZodType, z.ZodType<string>>();

/** A map that has exactly one of its keys. */
export function oneKey<Fields extends z.core.$ZodShape>(map: z.ZodObject<Fields, z.core.$strict>, error: string) {
  const isOne = (value: object) => Object.keys(value).length === 1;
  return map.refine(isOne, { error, ...always }).meta({ minProperties: 1, maxProperties: 1 });
}

/** The schemas of a field made by `byKind`, for a document of what it may be. */
export const alternativesOf = new WeakMap<z.core.$ZodType, readonly z.ZodType[]>();

/** A value of one of several kinds. Each is judged by its own schema, so that what is wrong in it has its own path. */
export function byKind<Value>(
  schemas: { readonly map?: z.ZodType; readonly list?: z.ZodType; readonly string?: z.ZodType },
  error: string,
): z.ZodType<Value> {
  const field = z.custom<Value>().superRefine((value, context) => {
    const schema = schemaFor(value);
    if (schema === undefined) context.addIssue({ code: "invalid_type", expected: "object", message: error });
    for (const issue of schema?.safeParse(value).error?.issues ?? []) context.addIssue({ ...issue });
  });
  alternativesOf.set(field, Object.values(schemas));
  return field;

  function schemaFor(value: unknown): z.ZodType | undefined {
    if (Array.isArray(value)) return schemas.list;
    if (typeof value === "object" && value !== null) return schemas.map;
    return typeof value === "string" ? schemas.string : undefined;
  }
}

/**
 * Parameters of a rule about several fields: it is checked even where one of the fields is wrong by itself. So the rule
 * may meet anything in them, whatever their types say.
 */
export const always = {
  when: ({ value }: { readonly value: unknown }) =>
    typeof value === "object" && value !== null && !Array.isArray(value),
};

export function wholeNumber(min: number, max: number, what = "a whole number") {
  const error = `must be ${what} from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

const percentError = "must be a number of percent from 0 to 100";
export const percent = z
  .number({ error: percentError })
  .min(0, { error: percentError })
  .max(100, { error: percentError });

export function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, { error: `must be ${list(values, "or")}` });
}

export const flag = z.boolean({ error: "must be true or false" });

export const dnsLabel = text(
  /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
  "must be a DNS-1123 label: at most 63 small letters, digits and hyphens, with no hyphen at the ends",
);

export const serviceName = text(
  /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  "must be a name for a Service: at most 63 small letters, digits and hyphens, a letter first, no hyphen last",
);

const hostError =
  "must be the full name of a host in small letters, such as shop.example.com, neither `*` nor an address";
const LABEL = "[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?";
/** The last label is no number: that would be a part of an address. */
const HOST = `(?=.{1,253}$)(?!(?:.*\\.)?\\d+$)${LABEL}(?:\\.${LABEL})*$`;

export const host = text(new RegExp(`^${HOST}`), hostError);

/** A host, or all hosts below one, as in `*.example.com`. */
export const hostOrWildcard = (error: string) => text(new RegExp(`^(?:\\*\\.)?${HOST}`), error);

export const port = wholeNumber(1, 65535, "a port, a whole number");
export const nodePort = wholeNumber(30000, 32767, "a port of the nodes, a whole number");

const NAME = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const REGISTRY = "(?:[a-zA-Z0-9][-a-zA-Z0-9.]*(?::[0-9]+)?/)?";

/** A registry and a path in it, without the last part of an image's name. */
export const registry = text(
  new RegExp(`^${REGISTRY}${NAME}(?:/${NAME})*$`),
  "must be a registry and a path in it, such as registry.example.com/team, without a slash at the end",
);

export const imageTag = text(
  /^(?!latest$)\w[\w.-]{0,127}$/,
  "must be the tag of an image, not latest, which changes under your feet",
);

export const image = text(
  new RegExp(
    `^${REGISTRY}${NAME}(?:/${NAME})*(?:(?::(?!latest$|latest@)\\w[\\w.-]{0,127})(?:@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})$`,
  ),
  "must be an image with a fixed tag or a digest, such as ghcr.io/acme/cart:1.4.0",
);

export const version = text(
  /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/,
  'must be a version of three numbers, as a string, such as "1.31.1"',
);

/** A duration, in seconds. */
export const duration = text(
  /^(?=.*[1-9])(\d+h)?(\d+m)?(\d+s)?$/,
  "must be a duration in whole seconds, one or more, such as 90s or 5m",
).transform(secondsOf);

function secondsOf(duration: string): number {
  const [, hours = "0", minutes = "0", seconds = "0"] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(duration) ?? [];
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/** Absolute path in a container. */
export const containerPath = text(/^\/[^:\0]+$/, "must be an absolute path in the container, such as /tmp");

export const urlPath = text(/^\/\S*$/, "must be the path of a URL, such as /health");

/** As the API server takes them; of the part before the slash it does not mind capitals. */
const annotationName = text(
  /^(?=[^/]{1,253}\/|[^/]+$)([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[a-z0-9]([-\w.]{0,61}[a-z0-9])?$/i,
  "must be the name of an annotation: at most 63 letters, digits, -, _ and ., with a letter or digit at both ends; before it, if need be, a domain and a slash",
);

export const annotations = named(
  annotationName,
  z.string({ error: "must be a string; put it in quotes" }),
  "names of annotations to strings",
);

export const environment = named(
  text(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be the name of an environment variable"),
  z.string({ error: "must be a string; put it in quotes" }),
  "names of environment variables to strings",
);

/** Whether both are numbers and the first is the smaller one: a secret is no number, and cannot be compared with one. */
export function isLess(one: unknown, other: unknown): boolean {
  return typeof one === "number" && typeof other === "number" && one < other;
}

const systemNamespaces = [
  "default",
  "istio-system",
  "istio-ingress",
  "istio-egress",
  "kube-system",
  "kube-public",
  "kube-node-lease",
];

/** A namespace of the stack's own. */
export const namespace = dnsLabel.refine((name) => !systemNamespaces.includes(name), {
  error: `must be a namespace of its own, which ${list(systemNamespaces, "and")} are not`,
});

export const pullPolicy = oneOf(["Always", "IfNotPresent", "Never"]);

const hostsOf = (each: z.ZodType<string>) =>
  z.array(each, { error: "must be a list of hosts" }).min(1, { error: "must have one host or more" });

export const hosts = hostsOf(host);

/** Hosts of a Gateway, where Istio takes no short name. */
export const gatewayHosts = hostsOf(
  host.refine((name) => name.includes(".") || !host.safeParse(name).success, {
    error: "must be the full name of a host, such as shop.example.com or shop.localhost",
  }),
);

/** Names that a server's certificate must have. */
export const subjectAltNames = z
  .array(text(/./, "must be a name"), { error: "must be a list of names" })
  .min(1, { error: "must have one name or more, or be left out for the host" });

/** A range of IPv4 addresses that starts where its prefix says. */
export function cidr() {
  const error = "must be a range of IPv4 addresses that starts where its prefix says, such as 10.0.0.0/16";
  return z.string({ error }).refine((text) => isNetwork(text), { error });
}

/** A range of addresses of either family that starts where its prefix says. */
export function anyCidr() {
  const error =
    "must be a range of addresses that starts where its prefix says, such as 10.0.0.0/16 or, of IPv6, 2001:db8::/32";
  return z.string({ error }).refine((text) => isNetwork(text) || isIpv6Network(text), { error });
}

/** Whether no word stands in a list twice. */
export function areDifferent(words: readonly unknown[]): boolean {
  return new Set(words).size === words.length;
}

/** A map that is not empty. */
export function atLeastOne<Value extends z.core.SomeType>(map: z.ZodRecord<z.ZodString, Value>, what: string) {
  return map
    .refine((entries) => Object.keys(entries).length > 0, { error: `must have one ${what} or more`, ...always })
    .meta({ minProperties: 1 });
}
