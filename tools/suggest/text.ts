// A suggestion, as tables for people and as YAML for the stack file.
import type { Caller } from "../../components/security/securitySection.ts";
import { table } from "../table.ts";
import { nameOf, type Calls, type Counts, type Declared, type NamelessCall } from "./calls.ts";
import type { SuggestedCalls } from "./callChanges.ts";
import { textOfCaller } from "./callers.ts";
import { suggestionOf, type SuggestedEntry, type SuggestedService, type Suggestion } from "./suggestion.ts";
import { inWords } from "./traffic.ts";

/** All there is to say of the calls of the last seconds. */
export function suggestText(calls: Calls, declared: Declared, seconds: number, asked: number): string {
  const time = inWords(seconds);
  const suggestion = suggestionOf(calls.known, declared);
  const parts = [
    ...(seconds < asked ? [`Prometheus knows only the last ${time} of ${inWords(asked)}.`] : []),
    ...(calls.known.length + calls.nameless.length === 0
      ? [`Prometheus counted no calls of the stack's services in the last ${time}: nothing is suggested.`, SEND]
      : [
          edgesText(suggestion, declared, time),
          ...namelessText(calls.nameless, declared),
          patchText(suggestion, calls.nameless, time),
        ]),
    ...notes(calls, suggestion, time),
  ];
  return parts.join("\n\n");
}

const SEND = "Send requests, e.g. by opening the product page or with `make verify`, and run `make suggest` again.";

function edgesText({ edges }: Suggestion, { members }: Declared, time: string): string {
  const rows = edges.map(({ caller, member, counts, allowed }) => [
    textOfCaller(caller),
    nameOf(member, members),
    counts ? countsText(counts) : "not seen",
    allowed,
  ]);
  return `Who called whom in the last ${time}, and who else may:\n${table([["CALLER", "SERVICE", "COUNTED", "ALLOWED"], ...rows])}`;
}

const countsText = ({ requests, connections }: Counts) =>
  [
    ...(requests === undefined ? [] : [`${requests} request${requests === 1 ? "" : "s"}`]),
    ...(connections === undefined ? [] : [`${connections} connection${connections === 1 ? "" : "s"}`]),
  ].join(", ");

/** What to do about callers that cannot be named. */
const REMEDIES: Readonly<Record<NamelessCall["why"], string>> = {
  "plain text": "plain text: give the caller a sidecar, then refuse the rest with mesh:security.mtls: STRICT",
  "no identity": "no certificate: give the caller a sidecar, then refuse the rest with mesh:security.mtls: STRICT",
  "no sidecar": "the stack file says sidecar: false: let it have one",
  "other trust domain":
    "of another mesh: if it is trusted, add its domain to mesh:istio.values.istiod.meshConfig.trustDomainAliases",
  "no service account": "no Kubernetes service account: allow it with an AuthorizationPolicy of your own",
};

function namelessText(nameless: readonly NamelessCall[], { members }: Declared): string[] {
  if (nameless.length === 0) return [];
  const rows = nameless.map(({ who, member, counts, why }) => [
    who,
    nameOf(member, members),
    countsText(counts),
    REMEDIES[why],
  ]);
  return [`Cannot be allowed by identity:\n${table([["CALLER", "SERVICE", "COUNTED", "WHAT TO DO"], ...rows])}`];
}

function patchText(suggestion: Suggestion, nameless: readonly NamelessCall[], time: string): string {
  const yaml = yamlOf(suggestion, time);
  const known = nameless.length > 0 ? "those who have an identity" : "what was counted";
  if (yaml === "") return `The stack file fits ${known}: there is nothing to change.`;
  const dropped = yaml.includes("# - ")
    ? ` Lines with # are callers that were not seen: keep those who call seldom.`
    : "";
  return `For the stack file:${dropped}\n\n${yaml}`;
}

function notes({ nameless, elsewhere }: Calls, { edges, quiet }: Suggestion, time: string): string[] {
  const hasClient = edges.some(({ caller, counts }) => counts && textOfCaller(caller).split(".")[0] === "sleep");
  const hasTcp = [...edges, ...nameless].some(({ counts }) => counts?.connections !== undefined);
  const lines = [
    ...(quiet.length > 0
      ? [`Left as they are, since nobody called them in the last ${time}: ${quiet.join(", ")}.`]
      : []),
    ...(elsewhere.length > 0 ? [`Left out, since the stack has no policy for them: ${elsewhere.join(", ")}.`] : []),
    ...(hasClient
      ? ["`make verify` sends its requests from the client Pod sleep: it looks like any other caller."]
      : []),
    ...(hasTcp ? ["Connections that were refused are counted as well: they have no status."] : []),
    "The metrics have no methods and paths: add them by hand where a caller needs only some.",
  ];
  return [lines.join("\n")];
}

/** What to put into the stack file; empty where nothing differs. */
export function yamlOf({ services, calls }: Suggestion, time: string): string {
  const lines = [
    ...(services.length > 0
      ? [
          "  mesh:security:",
          "    authorization:",
          "      services:",
          ...indented(
            8,
            services.flatMap((service) => serviceLines(service, time)),
          ),
        ]
      : []),
    ...(calls.length > 0 ? ["  mesh:applications:", ...indented(4, applicationLines(calls, time))] : []),
  ];
  return lines.length === 0 ? "" : ["config:", ...lines].join("\n");
}

const indented = (width: number, lines: readonly string[]) => lines.map((line) => " ".repeat(width) + line);

function serviceLines({ name, entries }: SuggestedService, time: string): string[] {
  const [first, ...others] = entries.map((entry) => entryLines(entry, time));
  if (first && others.length === 0) return [`${word(name)}:`, ...indented(2, first)];
  const items = entries.flatMap((entry) => {
    const [head = "", ...rest] = entryLines(entry, time);
    return [`- ${head}`, ...indented(2, rest)];
  });
  return [`${word(name)}:`, ...indented(2, items)];
}

const entryLines = ({ from, unseen, limits }: SuggestedEntry, time: string): string[] => [
  ...listLines("from", from.map(callerYaml), unseen.map(callerYaml), time),
  // JSON is YAML as well.
  ...Object.entries(limits).map(([key, value]) => `${key}: ${JSON.stringify(value)}`),
];

function applicationLines(calls: readonly SuggestedCalls[], time: string): string[] {
  const applications = [...new Set(calls.map(({ application }) => application))];
  return applications.flatMap((application) => [
    `${word(application)}:`,
    "  services:",
    ...calls
      .filter((each) => each.application === application)
      .flatMap((each) => [
        `    ${word(each.service)}:`,
        ...indented(6, listLines("calls", each.calls.map(word), each.unseen.map(word), time)),
      ]),
  ]);
}

/** A list, and as comments what was not seen. */
function listLines(key: string, items: readonly string[], unseen: readonly string[], time: string): string[] {
  return [
    items.length === 0 ? `${key}: []` : `${key}:`,
    ...items.map((item) => `  - ${item}`),
    ...unseen.map((item) => `  # - ${item} # not seen in the last ${time}`),
  ];
}

function callerYaml(caller: Caller): string {
  if (typeof caller === "string") return word(caller);
  return "namespace" in caller
    ? `{ namespace: ${word(caller.namespace)} }`
    : `{ serviceAccount: ${word(caller.serviceAccount)} }`;
}

/** A word, in quotes where YAML would take it for something else. */
const word = (text: string) =>
  /^[a-z][-a-z0-9./]*$/.test(text) && !/^(y|n|yes|no|on|off|true|false|null)$/.test(text) ? text : JSON.stringify(text);
