import { parseArgs } from "node:util";

export const USAGE = `usage: mesh-check [options] FILE…

Checks Istio and Kubernetes objects in YAML or JSON files against the rules of the policy pack.
A FILE may be a folder with manifests, or - for standard input.

Input:
  -n, --namespace NAME  the namespace of objects without one
  --set DIR             a folder that is a separate mesh, together with the FILEs; may be repeated
  --chart DIR           a Helm chart, rendered by helm; --values FILE sets its values; both may be repeated
  --exclude GLOB        files and folders to skip, such as '**/testdata/**'; may be repeated
  --mesh-config FILE    Istio's mesh config, as plain YAML or as its ConfigMap

Objects outside the files:
  --open                objects that no file declares may exist: report them as notes. The default,
                        except for output of \`kubectl get\`
  --closed              objects that no file declares do not exist: report them as errors
  --known FILE          manifests of other existing objects, which are not checked; may be repeated
  --context NAME        read names and labels of existing objects from this context of your kubeconfig
                        --known and --context make --closed the default

Output:
  --json                print an array of findings
  --sarif               print SARIF 2.1.0, which code hosts show next to the lines
  --all                 include rules that are stricter than Istio, such as TLS on every gateway
  --suppress RULE[=KIND/NAME]  hide a rule or a code, for all objects or for one; may be repeated
  --min-severity LEVEL  hide findings below error, warning or info
  --fail-on LEVEL       exit with 1 from this severity: error (the default), warning or info
  -h, --help            print this help

Examples:
  mesh-check manifests/                              check a folder, and its kustomizations
  mesh-check --set clusters/a --set clusters/b base/ check two clusters that share base/
  helm template . | mesh-check -                     check the output of another program
  mesh-check --context prod --fail-on warning mesh/  check against the objects in a cluster
  mesh-check --suppress KIA0601=Service/web .        hide one known finding

mesh-check exits with the highest code that applies:
  0  no finding reaches the severity of --fail-on
  1  a finding reaches it; an unreadable file in a folder is an error
  2  the check did not run, or the report was not written: wrong options, an unreadable FILE or mesh config,
     nothing to check, or a failure to write the report
  3  mesh-check or one of its rules failed`;

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
