// mesh-check: the rules on plain YAML, without a cluster and without Pulumi.
import type { Rule } from "../engine/rule.ts";
import { rules as everyRule } from "../rules/index.ts";
import { readCall, SEVERITIES, USAGE, type Call } from "./call.ts";
import { check, OWN_RULES, reportOf, type Report } from "./check.ts";
import { EXIT, exitCodeOf } from "./exitCodes.ts";
import { failureText } from "./failures.ts";
import { wanted } from "./filter.ts";
import { readMeshConfigFile } from "./meshConfigFile.ts";
import { errorRemark, type Remark } from "./remarks.ts";
import { asSarif } from "./sarif.ts";
import { readSubject } from "./subject.ts";
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
  const stranger = call.suppress.map((entry) => entry.split("=")[0] ?? "").find((name) => !isKnown(name, rules));
  if (stranger !== undefined) {
    complain(`mesh-check: --suppress ${stranger}: there is no such rule or code; docs/policies.md lists them`);
    return EXIT.notChecked;
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

const isKnown = (name: string, rules: readonly Rule[]) =>
  [...rules, ...Object.values(OWN_RULES)].some(
    (rule) => rule.id === name || ("codes" in rule && rule.codes.includes(name)),
  );

/** Rules that say whether objects work, without those that only some environments need. */
function rulesFor(rules: readonly Rule[], all: boolean): readonly Rule[] {
  return rules.filter((rule) => all || (rule.environment !== true && (rule.level !== "disabled" || hasCode(rule))));
}

/** Whoever runs istioctl's or Kiali's checks asks for them all. */
function hasCode({ codes }: Rule): boolean {
  return codes.length > 0;
}

function run(call: Call, print: Say, complain: Say, rules: readonly Rule[]): number {
  const { meshConfig, format } = call;
  const { config, remarks: aboutConfig } = meshConfig === undefined ? { remarks: [] } : readMeshConfigFile(meshConfig);
  for (const { text } of aboutConfig) complain(text);
  // Against another mesh config the rules would say what is not true.
  if (aboutConfig.some(({ severity }) => severity === "error")) return EXIT.notChecked;

  const { subject, broken, notes, remarks: aboutInput, counts, isDump } = readSubject(call);
  const isClosed = isDump || call.known.length > 0 || call.context !== undefined;
  const options = { elsewhere: call.open ?? !isClosed, ...(config !== undefined && { config }) };
  const { reports, failures } = check(rules, subject, options);
  const isWanted = wanted(call);
  const all = [...broken.map(reportOf), ...notes, ...reports].filter(isWanted).sort(byPlace);

  const aboutFiles = broken.length > 0 || aboutInput.length > 0 ? aboutInput : aboutNothing(counts);
  const failed = failures.map((failure) => errorRemark(failureText(failure)));
  for (const { text } of [...aboutFiles, ...failed]) complain(text);
  const remarks = [...aboutConfig, ...aboutFiles, ...failed];
  const exitCode = exitCodeOf(all, remarks, failures, call.failOn);
  switch (format) {
    case "json":
      print(JSON.stringify(all.flatMap(entriesOf), null, 2));
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

/** A report as JSON has it: once for each code, as the other tools do, or once without one. */
function entriesOf({ rule, codes, ...report }: Report) {
  return (codes.length === 0 ? [null] : codes).map((code) => ({ rule, code, ...report }));
}

/** By place; at one place the worst first, then what has a code, then by the rule's name. */
function byPlace(one: Report, other: Report): number {
  return (
    compare(one.file, other.file) ||
    one.line - other.line ||
    one.column - other.column ||
    SEVERITIES.indexOf(other.severity) - SEVERITIES.indexOf(one.severity) ||
    Number(one.codes.length === 0) - Number(other.codes.length === 0) ||
    compare(one.rule, other.rule)
  );
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
