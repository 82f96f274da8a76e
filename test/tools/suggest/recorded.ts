// Answers of Prometheus, and what is suggested for them.
import { load } from "js-yaml";
import { callsIn, declaredIn } from "../../../tools/suggest/calls.ts";
import { suggestText, yamlOf } from "../../../tools/suggest/text.ts";
import { suggestionOf } from "../../../tools/suggest/suggestion.ts";
import { countedIn, type Unit } from "../../../tools/suggest/traffic.ts";

export const HOUR = 3600;

/** One series of an answer: who called which service, how often. */
export interface Series {
  /** The principal, or none. */
  readonly by?: string | undefined;
  /** `<name>.<namespace>` */
  readonly to: string;
  readonly count?: number;
  readonly unit?: Unit;
  readonly labels?: Readonly<Record<string, string>>;
}

export const account = (namespace: string, name: string, domain = "cluster.local") =>
  `spiffe://${domain}/ns/${namespace}/sa/${name}`;

/** The principal of one of Bookinfo's services. */
export const bookinfo = (name: string) => account("bookinfo", `bookinfo-${name}`);

export const gateway = account("istio-ingress", "istio-ingressgateway");

function sample({ by, to, count = 1, labels = {} }: Series) {
  const [name = "", namespace = ""] = to.split(".");
  const metric = {
    source_principal: by ?? "unknown",
    source_workload: "unknown",
    source_workload_namespace: "unknown",
    destination_service_name: name,
    destination_service_namespace: namespace,
    destination_canonical_service: name,
    destination_workload_namespace: namespace,
    connection_security_policy: by === undefined ? "none" : "mutual_tls",
    ...labels,
  };
  return { metric, value: [1_800_000_000.5, String(count)] };
}

/** What comes of the answers for a stack with these sections. */
export function suggested(settings: Readonly<Record<string, unknown>>, series: readonly Series[], known = HOUR) {
  const declared = declaredIn(settings);
  const counted = series.flatMap((each) => countedIn(each.unit ?? "requests", [sample(each)]));
  const calls = callsIn(counted, declared);
  const suggestion = suggestionOf(calls.known, declared);
  const yaml = yamlOf(suggestion, "1h");
  return {
    yaml,
    suggestion,
    declared,
    calls,
    /** The sections of the stack file that are suggested, by their names without `mesh:`. */
    patch: sectionsOf(yaml),
    text: suggestText(calls, declared, known, HOUR),
    /** The rows of the tables. */
    rows: suggestText(calls, declared, known, HOUR)
      .split("\n")
      .filter((line) => line.startsWith("  "))
      .map((line) => line.trim().split(/ {2,}/)),
  };
}

function sectionsOf(yaml: string): Record<string, unknown> {
  if (yaml === "") return {};
  const { config } = load(yaml) as { config: Record<string, unknown> };
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key.replace(/^mesh:/, ""), value]));
}

/** A service of version `v1`, with more. */
export const service = (more: object = {}) => ({ port: 8080, versions: { v1: { image: "acme/a:1" } }, ...more });

/** All that the stack file lets call Bookinfo's services. */
export const usual: Series[] = [
  { by: gateway, to: "productpage.bookinfo", count: 90 },
  { by: bookinfo("productpage"), to: "details.bookinfo", count: 90 },
  { by: bookinfo("productpage"), to: "reviews.bookinfo", count: 90 },
  { by: bookinfo("reviews"), to: "ratings.bookinfo", count: 60 },
];
/** What the client Pod calls. */
export const client: Series[] = ["productpage", "details", "reviews", "ratings"].map((name) => ({
  by: bookinfo("sleep"),
  to: `${name}.bookinfo`,
  count: 5,
}));
