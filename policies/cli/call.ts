import { parseArgs } from "node:util";

export const USAGE = `usage: mesh-check [options] FILE…

Holds Istio's and Kubernetes' objects in YAML or JSON files against the rules of the policy pack.
A FILE may be a folder, whose manifests are checked, or - for the standard input.

What is checked:
  -n, --namespace NAME  the namespace of objects that name none
  --set DIR             a folder that is a mesh of its own, together with the FILEs; may be repeated
  --chart DIR           a Helm chart, rendered by helm; --values FILE for its values; both may be repeated
  --exclude GLOB        files and folders to leave out, such as '**/testdata/**'; may be repeated
  --mesh-config FILE    Istio's mesh config, as plain YAML or as its ConfigMap

What lies outside the files:
  --open                what no file declares may be there all the same: a note says so. The default,
                        but for what \`kubectl get\` printed of a cluster
  --closed              what no file declares is not there: an error
  --known FILE          manifests of what is there beside the FILEs, which are not checked; may be repeated
  --context NAME        ask that context of your kubeconfig what is there: names and labels only
                        With one of these two, --closed is the default

What is said:
  --json                print an array of what was found
  --sarif               print SARIF 2.1.0, which code hosts show beside the lines
  --all                 also the rules that ask for more than Istio does, such as TLS on every gateway
  --suppress RULE[=KIND/NAME]  leave out a rule or a code, on all objects or on one; may be repeated
  --min-severity LEVEL  print nothing below error, warning or info
  --fail-on LEVEL       end with 1 from this severity on: error (the default), warning or info
  -h, --help            print this

Examples:
  mesh-check manifests/                              the files of a folder, and its kustomizations
  mesh-check --set clusters/a --set clusters/b base/ two clusters that share base/
  helm template . | mesh-check -                     what another program prints
  mesh-check --context prod --fail-on warning mesh/  beside what runs in a cluster
  mesh-check --suppress KIA0601=Service/web .        without one finding that is known

The exit code is the highest that fits:
  0  nothing was found of the severity that --fail-on names
  1  something was; a file in a folder that can not be read is an error
  2  what was asked for was not checked, or not shown: the call is wrong, a FILE or the mesh config can not be
     read, there is nothing to check, or the report can not be written
  3  mesh-check failed itself, or one of its rules did`;

export const SEVERITIES = ["info", "warning", "error"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What a call of the program asks for. */
export interface Call {
  readonly names: readonly string[];
  readonly sets: readonly string[];
  readonly charts: readonly string[];
  readonly values: readonly string[];
  readonly exclude: readonly string[];
  readonly namespace: string | undefined;
  readonly meshConfig: string | undefined;
  readonly known: readonly string[];
  readonly context: string | undefined;
  /** Whether there may be more than what is declared; nothing where the call does not say. */
  readonly open: boolean | undefined;
  readonly format: "text" | "json" | "sarif";
  readonly all: boolean;
  readonly suppress: readonly string[];
  readonly minSeverity: Severity;
  readonly failOn: Severity;
}

const flag = { type: "boolean", default: false } as const;
const text = { type: "string" } as const;
const texts = { type: "string", multiple: true, default: [] as string[] } as const;

/** @throws Error if the call is wrong */
export function readCall(args: readonly string[]): Call | "help" {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      namespace: { ...text, short: "n" },
      set: texts,
      chart: texts,
      values: texts,
      exclude: texts,
      "mesh-config": text,
      open: flag,
      closed: flag,
      known: texts,
      context: text,
      json: flag,
      sarif: flag,
      all: flag,
      suppress: texts,
      "min-severity": { ...text, default: "info" },
      "fail-on": { ...text, default: "error" },
      help: { ...flag, short: "h" },
    },
  });
  if (values.help) return "help";
  if (positionals.length + values.set.length + values.chart.length === 0)
    throw new Error("name a file or a folder, or - for the standard input");
  if (values.json && values.sarif) throw new Error("choose one of --json and --sarif");
  if (values.open && values.closed) throw new Error("choose one of --open and --closed");
  if (values.values.length > 0 && values.chart.length === 0) throw new Error("--values needs a --chart");
  return {
    names: positionals,
    sets: values.set,
    charts: values.chart,
    values: values.values,
    exclude: values.exclude,
    namespace: values.namespace,
    meshConfig: values["mesh-config"],
    known: values.known,
    context: values.context,
    open: values.open ? true : values.closed ? false : undefined,
    format: values.json ? "json" : values.sarif ? "sarif" : "text",
    all: values.all,
    suppress: values.suppress,
    minSeverity: severityOf("--min-severity", values["min-severity"]),
    failOn: severityOf("--fail-on", values["fail-on"]),
  };
}

function severityOf(option: string, value: string): Severity {
  const known = SEVERITIES.find((severity) => severity === value);
  if (known === undefined) throw new Error(`${option} takes error, warning or info`);
  return known;
}
