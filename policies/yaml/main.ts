// mesh-check: the rules on plain YAML, without a cluster and without Pulumi.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { rules as everyRule } from "../rules";
import type { Rule } from "../rule";
import { check, reportOf, type Failure, type Report } from "./check";
import { readDocuments } from "./documents";
import { readInputs } from "./files";
import { manifestsOf } from "./manifests";
import { readMeshConfigFile } from "./meshConfigFile";
import { asSarif } from "./sarif";
import { asText } from "./text";

const USAGE = `usage: mesh-check [--json | --sarif] [--mesh-config FILE] [--all] FILE…

Holds Istio's and Kubernetes' objects in YAML or JSON files against the rules of the policy pack.
A FILE may be a folder, whose manifests are checked, or - for the standard input.

  --json              print an array of what was found
  --sarif             print SARIF 2.1.0, which code hosts show beside the lines
  --mesh-config FILE  Istio's mesh config, as plain YAML or as its ConfigMap
  --all               also the rules that ask for more than Istio does, such as TLS on every gateway
  --help              print this

The exit code is 1 if there is an error among what was found, and 2 if the call is wrong.`;

/** Rules that say whether objects work, without those that only some environments need. */
function rulesFor(all: boolean): readonly Rule[] {
  return everyRule.filter((rule) => all || (rule.environment !== true && (rule.level !== "disabled" || hasCode(rule))));
}

/** Whoever runs istioctl's or Kiali's checks asks for them all. */
function hasCode({ covers }: Rule): boolean {
  return covers.length > 0;
}

/** @returns the exit code */
export function main(args: readonly string[], print: (text: string) => void, complain: (text: string) => void): number {
  let call;
  try {
    call = readCall(args);
  } catch (error) {
    complain(`mesh-check: ${(error as Error).message}; see mesh-check --help`);
    return 2;
  }
  if (call === "help") {
    print(USAGE);
    return 0;
  }
  const { inputs, config, format, rules } = call;
  const documents = inputs.flatMap(({ file, content }) => readDocuments(file, content));
  const read = documents.filter((document) => "value" in document);
  const broken = documents.filter((document) => "reason" in document);
  const manifests = manifestsOf(read);
  const { reports, failures } = check(rules, manifests, config === undefined ? {} : { config });
  const all = [...broken.map(reportOf), ...reports].sort(byPlace);
  switch (format) {
    case "json":
      print(JSON.stringify(all, null, 2));
      break;
    case "sarif":
      print(JSON.stringify(asSarif(all, rules), null, 2));
      break;
    default:
      print(asText(all, rules, { ...manifests, files: inputs.length, objects: manifests.objects.length }));
  }
  for (const failure of failures) complain(failureText(failure));
  return failures.length > 0 || all.some(({ severity }) => severity === "error") ? 1 : 0;
}

function readCall(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      sarif: { type: "boolean", default: false },
      "mesh-config": { type: "string" },
      all: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return "help" as const;
  if (positionals.length === 0) throw new Error("name a file or a folder, or - for the standard input");
  if (values.json && values.sarif) throw new Error("choose one of --json and --sarif");
  const configFile = values["mesh-config"];
  return {
    inputs: readInputs(positionals),
    config: configFile === undefined ? undefined : readMeshConfigFile(configFile, readFileSync(configFile, "utf8")),
    format: values.json ? "json" : values.sarif ? "sarif" : "text",
    rules: rulesFor(values.all),
  } as const;
}

function byPlace(one: Report, other: Report): number {
  if (one.file !== other.file) return one.file < other.file ? -1 : 1;
  return one.line - other.line || one.column - other.column;
}

function failureText({ rule, error }: Failure): string {
  const reason = error instanceof Error ? (process.env.DEBUG === undefined ? error.message : error.stack) : "";
  return `mesh-check: the rule ${rule} failed, which is a mistake in it: ${reason ?? ""}`;
}
