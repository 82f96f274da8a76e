// mesh-check: the rules on plain YAML, without a cluster and without Pulumi.
import type { Rule } from "../engine/rule.ts";
import { rules as everyRule } from "../rules/index.ts";
import { readCall, USAGE, type Call } from "./call.ts";
import { check, reportOf, type Report } from "./check.ts";
import { readDocuments } from "./documents.ts";
import { EXIT, exitCodeOf } from "./exitCodes.ts";
import { failureText } from "./failures.ts";
import { readInputs } from "./files.ts";
import { manifestsOf } from "./manifests.ts";
import { readMeshConfigFile } from "./meshConfigFile.ts";
import { errorRemark, type Remark } from "./remarks.ts";
import { asSarif } from "./sarif.ts";
import { asText } from "./text.ts";

type Say = (text: string) => void;

/** @returns the exit code */
export function main(args: readonly string[], print: Say, complain: Say, rules: readonly Rule[] = everyRule): number {
  let call;
  try {
    call = readCall(args);
  } catch (error) {
    complain(`mesh-check: ${(error as Error).message}; see mesh-check --help`);
    return EXIT.notChecked;
  }
  if (call === "help") {
    print(USAGE);
    return EXIT.clean;
  }
  return run(
    call,
    print,
    (text) => {
      complain(`mesh-check: ${text}`);
    },
    rulesFor(rules, call.all),
  );
}

/** Rules that say whether objects work, without those that only some environments need. */
function rulesFor(rules: readonly Rule[], all: boolean): readonly Rule[] {
  return rules.filter((rule) => all || (rule.environment !== true && (rule.level !== "disabled" || hasCode(rule))));
}

/** Whoever runs istioctl's or Kiali's checks asks for them all. */
function hasCode({ codes }: Rule): boolean {
  return codes.length > 0;
}

function run({ names, meshConfig, format }: Call, print: Say, complain: Say, rules: readonly Rule[]): number {
  const { config, remarks: aboutConfig } = meshConfig === undefined ? { remarks: [] } : readMeshConfigFile(meshConfig);
  for (const { text } of aboutConfig) complain(text);
  // Against another mesh config the rules would say what is not true.
  if (aboutConfig.some(({ severity }) => severity === "error")) return EXIT.notChecked;

  const { texts, broken, remarks: aboutNames } = readInputs(names);
  const documents = texts.flatMap(({ file, content }) => readDocuments(file, content));
  const unreadable = [...broken, ...documents.filter((document) => "reason" in document)];
  const manifests = manifestsOf(documents.filter((document) => "value" in document));
  const counts = { ...manifests, files: texts.length, objects: manifests.objects.length };
  const { reports, failures } = check(rules, manifests, config === undefined ? {} : { config });
  const all = [...unreadable.map(reportOf), ...reports].sort(byPlace);

  const aboutFiles = unreadable.length > 0 || aboutNames.length > 0 ? aboutNames : aboutNothing(counts);
  const failed = failures.map((failure) => errorRemark(failureText(failure)));
  for (const { text } of [...aboutFiles, ...failed]) complain(text);
  const remarks = [...aboutConfig, ...aboutFiles, ...failed];
  const exitCode = exitCodeOf(all, remarks, failures);
  switch (format) {
    case "json":
      print(JSON.stringify(all, null, 2));
      break;
    case "sarif":
      print(JSON.stringify(asSarif(all, rules, { remarks, exitCode }), null, 2));
      break;
    default:
      print(asText(all, rules, counts));
  }
  return exitCode;
}

/** What a pipeline has to hear whose files hold nothing, since the step before has failed or has named other files. */
function aboutNothing({ objects, others }: { readonly objects: number; readonly others: number }): Remark[] {
  if (objects > 0) return [];
  if (others === 0) return [errorRemark("there is nothing to check: no object stands in what is named")];
  return [{ severity: "info", text: "no object is of a kind that the rules know" }];
}

function byPlace(one: Report, other: Report): number {
  if (one.file !== other.file) return one.file < other.file ? -1 : 1;
  return one.line - other.line || one.column - other.column;
}
