// docs/policies.md, from the rules themselves and from the levels in policies/config.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { settingsSchema, standardLevel, withoutTwins } from "../../policies/pack";
import type { Rule } from "../../policies/rule";
import { analysisRules } from "../../policies/rules/analysis";
import { eksRules } from "../../policies/rules/eks";
import { kialiRules } from "../../policies/rules/kiali";
import { practiceRules } from "../../policies/rules/practice";
import { validationRules } from "../../policies/rules/validation";

export const environments = ["local", "dev", "staging", "prod"] as const;

interface Group {
  readonly title: string;
  readonly text: string;
  readonly rules: readonly Rule[];
}

const groups: readonly Group[] = [
  {
    title: "Objects that Istio refuses",
    text: "What the admission webhook of istiod, or the schemas of the CRDs, would say on a cluster.",
    rules: validationRules,
  },
  {
    title: "Objects that do not work",
    text: "What `istioctl analyze` would say on a cluster.",
    rules: analysisRules,
  },
  { title: "Objects that contradict each other", text: "What Kiali would say on a cluster.", rules: kialiRules },
  {
    title: "Practice",
    text: "What no tool of Istio's says. Most of it depends on the environment: a fault is a test in one, an outage in another.",
    rules: practiceRules,
  },
  { title: "EKS", text: "What the cluster itself needs.", rules: eksRules },
];

const inPack = new Set(withoutTwins(groups.flatMap(({ rules }) => rules)));

type Configuration = Readonly<Record<string, string | { readonly enforcementLevel?: string }>>;

/** The text of the page. */
export function policiesDocument(): string {
  const sections = groups.filter(({ rules }) => rules.length > 0).flatMap(section);
  return [introduction, ...sections, settings()].join("\n\n") + "\n";
}

const introduction = `# Policies

<!-- Made from the rules by \`tools/run policies-doc\`; a test holds it to them. -->

\`make up\` and \`make preview\` let a policy pack judge the stack before anything is deployed. A rule that is **mandatory** makes the
preview fail, and its object is not created; one that is **advisory** only says so; one at level **remediate** puts things right by
itself where that is safe, and is mandatory where it can not. The levels of an environment are in \`policies/config/<stack>.json\`;
a stack without such a file gets the strict ones that the rules bring along: mandatory for the severities high and critical.

A message names the place and the way out, and never a value, which might be secret. A value that only the deployment will tell
turns no rule silent: what is known is judged, and for the rest the rule says that it is not decidable yet, with the path. The
deployment then asks again, before it creates the object.

An object that has to break a rule for a while gets an exemption, with a reason and a last day, after which the rule counts again:

\`\`\`json
{
  "gateway-serves-tls": {
    "enforcementLevel": "mandatory",
    "exemptions": [
      { "object": "bookinfo/bookinfo-gateway", "reason": "the certificate comes with MESH-42", "until": "2027-01-31" }
    ]
  }
}
\`\`\`

The object is named as \`<namespace>/<name>\`, by its name in the program, or by its URN.`;

function section({ title, text, rules }: Group): string[] {
  const heading = ["rule", "what it requires, and why", "codes", ...environments, "way out"];
  const configurations = environments.map(configurationOf);
  const rows = [...rules]
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .map((rule) => [
      `\`${rule.id}\``,
      prose(`${rule.requires} ${rule.because}`),
      rule.covers.join(", "),
      ...configurations.map((configuration) => levelIn(configuration, rule)),
      prose(rule.wayOut),
    ]);
  return [`## ${title}`, text, table([heading, ...rows])];
}

function settings(): string {
  const rows = groups
    .flatMap(({ rules }) => rules)
    .flatMap((rule) =>
      Object.entries(settingsSchema(rule))
        .filter(([name]) => name !== "exemptions")
        .map(([name, { description = "" }]) => [`\`${rule.id}\``, `\`${name}\``, prose(description)]),
    );
  return `## Settings\n\nBeside its level, a rule may have settings in \`policies/config/<stack>.json\`.\n\n${table([["rule", "setting", "what it says"], ...rows])}`;
}

function levelIn(configuration: Configuration, rule: Rule): string {
  if (rule.twin !== undefined && !inPack.has(rule)) return `with \`${rule.twin}\``;
  const entry = configuration[rule.id] ?? configuration.all;
  return (typeof entry === "string" ? entry : entry?.enforcementLevel) ?? standardLevel(rule);
}

function configurationOf(environment: string): Configuration {
  const file = join(__dirname, "../../policies/config", `${environment}.json`);
  return JSON.parse(readFileSync(file, "utf8")) as Configuration;
}

function table([heading = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(heading), line(heading.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A text in a cell, in which signs of Markdown mean nothing outside of code. */
function prose(text: string): string {
  const parts = text.split("`");
  return parts
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/[*_|]/g, "\\$&").replaceAll("<", "&lt;")))
    .join("`");
}
