// docs/policies.md, from the rules themselves and from the levels in policies/config.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { markdownTable } from "../../lib/markdownTable.ts";
import { standardLevel, withoutDuplicates } from "../../policies/engine/levels.ts";
import { settingsSchema } from "../../policies/engine/pack.ts";
import type { Rule, SourceFile } from "../../policies/engine/rule.ts";
import { rules, rulesByKind } from "../../policies/rules/index.ts";
import { followed } from "../../versions.ts";

export const environments = ["local", "dev", "staging", "prod"] as const;

/** What stands over the rules of a folder of policies/rules. */
const TITLES: Readonly<Record<keyof typeof rulesByKind, string>> = {
  ambient: "Ambient mode",
  "authorization-policy": "AuthorizationPolicy",
  "control-plane": "Control plane",
  "destination-rule": "DestinationRule",
  eks: "EKS",
  "envoy-filter": "EnvoyFilter",
  gateway: "Gateway",
  "gateway-api": "Gateway API",
  namespace: "Namespace",
  "peer-authentication": "PeerAuthentication",
  release: "Helm releases",
  "request-authentication": "RequestAuthentication",
  service: "Service",
  "service-entry": "ServiceEntry",
  "several-kinds": "Several kinds",
  sidecar: "Sidecar",
  telemetry: "Telemetry",
  "virtual-service": "VirtualService",
  "wasm-plugin": "WasmPlugin and TrafficExtension",
  workload: "Workloads",
  "workload-entry": "WorkloadEntry",
  "workload-group": "WorkloadGroup",
};

const inPack = new Set(withoutDuplicates(rules).map(({ id }) => id));

type Configuration = Readonly<Record<string, string | { readonly enforcementLevel?: string }>>;

/** The text of the page. */
export function policiesDocument(): string {
  const sections = Object.entries(TITLES).flatMap(([folder, title]) =>
    section(title, rulesByKind[folder as keyof typeof rulesByKind]),
  );
  return [introduction, ...sections, settings()].join("\n\n") + "\n";
}

const introduction = `# Policies

<!-- Made from the rules by \`tools/run policies-doc\`; a test holds it to them. -->

\`make up\` and \`make preview\` check the stack against a policy pack before they deploy anything. A violation of a **mandatory** rule
fails the preview, and the object is not created. A violation of an **advisory** rule is only reported. A rule at level
**remediate** fixes the violation where that is safe, and is mandatory otherwise. The levels of an environment are in
\`policies/config/<stack>.json\`. A stack without this file gets the strict defaults: rules of severity high and critical are
mandatory.

A message contains the path and the remediation, but never a value, which might be secret. If a value is unknown until the
deployment, the rule checks what is known, and reports the paths that it cannot check yet. The deployment checks again before it
creates the object.

To exempt an object from a rule temporarily, add an exemption with a reason and a last day. After that day, the rule applies again:

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

Set \`object\` to \`<namespace>/<name>\`, to the object's name in the program, or to its URN.`;

function section(title: string, inFolder: readonly Rule[]): string[] {
  const heading = ["rule", "requirement and rationale", "codes", ...environments, "remediation"];
  const configurations = environments.map(configurationOf);
  const rows = [...inFolder]
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .map((rule) => [
      `\`${rule.id}\``,
      prose(`${rule.title} ${rule.rationale}`),
      codesOf(rule),
      ...configurations.map((configuration) => levelIn(configuration, rule)),
      prose(rule.remediation),
    ]);
  return [`## ${title}`, markdownTable(heading, rows)];
}

/** The codes, with links to the files that they come from. */
function codesOf({ codes, sources = [] }: Rule): string {
  const links = sources.map((source) => `[${source.slice(source.lastIndexOf("/") + 1)}](${urlOf(source)})`);
  return [codes.join(", "), ...links].join(" ");
}

const TAGS = { istio: followed.istio, kiali: `v${followed.kiali}` };

function urlOf(source: SourceFile): string {
  const [owner = "", ...path] = source.split("/");
  return `https://github.com/${owner}/${owner}/blob/${TAGS[owner as keyof typeof TAGS]}/${path.join("/")}`;
}

function settings(): string {
  const rows = rules.flatMap((rule) =>
    Object.entries(settingsSchema(rule))
      .filter(([name]) => name !== "exemptions")
      .map(([name, { description = "" }]) => [`\`${rule.id}\``, `\`${name}\``, prose(description)]),
  );
  return `## Settings\n\nIn addition to its level, a rule may have settings in \`policies/config/<stack>.json\`.\n\n${markdownTable(["rule", "setting", "description"], rows)}`;
}

function levelIn(configuration: Configuration, rule: Rule): string {
  if (rule.duplicateOf !== undefined && !inPack.has(rule.id)) return `with \`${rule.duplicateOf}\``;
  const entry = configuration[rule.id] ?? configuration.all;
  return (typeof entry === "string" ? entry : entry?.enforcementLevel) ?? standardLevel(rule);
}

function configurationOf(environment: string): Configuration {
  const file = join(import.meta.dirname, "../../policies/config", `${environment}.json`);
  return JSON.parse(readFileSync(file, "utf8")) as Configuration;
}

/** A text in a cell, in which signs of Markdown mean nothing outside of code. */
function prose(text: string): string {
  const parts = text.split("`");
  return parts
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/[*_|]/g, "\\$&").replaceAll("<", "&lt;")))
    .join("`");
}
