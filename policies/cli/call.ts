import { parseArgs } from "node:util";

export const USAGE = `usage: mesh-check [--json | --sarif] [--mesh-config FILE] [--all] FILE…

Holds Istio's and Kubernetes' objects in YAML or JSON files against the rules of the policy pack.
A FILE may be a folder, whose manifests are checked, or - for the standard input.

  --json              print an array of what was found
  --sarif             print SARIF 2.1.0, which code hosts show beside the lines
  --mesh-config FILE  Istio's mesh config, as plain YAML or as its ConfigMap
  --all               also the rules that ask for more than Istio does, such as TLS on every gateway
  --help              print this

The exit code is the highest that fits:
  0  no error was found; there may be warnings and notes
  1  an error was found; a file in a folder that can not be read is one
  2  what was asked for was not checked, or not shown: the call is wrong, a FILE or the mesh config can not be
     read, there is nothing to check, or the report can not be written
  3  mesh-check failed itself, or one of its rules did`;

/** What a call of the program asks for. */
export interface Call {
  readonly names: readonly string[];
  readonly meshConfig: string | undefined;
  readonly format: "text" | "json" | "sarif";
  readonly all: boolean;
}

/** @throws Error if the call is wrong */
export function readCall(args: readonly string[]): Call | "help" {
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
  if (values.help) return "help";
  if (positionals.length === 0) throw new Error("name a file or a folder, or - for the standard input");
  if (values.json && values.sarif) throw new Error("choose one of --json and --sarif");
  return {
    names: positionals,
    meshConfig: values["mesh-config"],
    format: values.json ? "json" : values.sarif ? "sarif" : "text",
    all: values.all,
  };
}
