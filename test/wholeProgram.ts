// The whole program, run against mocks as a stack with a configuration.
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, vi } from "vitest";
import type * as programModule from "../program.ts";
import { record, type Recorded, type RecordOptions } from "./recorder.ts";

export type Config = Readonly<Record<string, unknown>>;

/** What `make up` makes where it is missing. */
export const generated = { grafana: { password: "of-the-test-alone" }, kiali: { signingKey: "0123456789abcdef" } };

/** A kubeconfig of a cluster that nobody has, for the tests of a file. */
export function someKubeconfig(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "program-"));
  afterAll(() => {
    fs.rmSync(folder, { recursive: true });
  });
  const file = path.join(folder, "kubeconfig");
  const content = {
    "current-context": "lab",
    contexts: [{ name: "lab", context: { cluster: "lab", user: "lab" } }],
    clusters: [{ name: "lab", cluster: { server: "https://lab.example.com" } }],
    users: [{ name: "lab", user: { token: "s3cret" } }],
  };
  fs.writeFileSync(file, JSON.stringify(content));
  return file;
}

/** Settings by the keys of a stack file. */
export const keyed = (settings: Config): Config =>
  Object.fromEntries(Object.entries(settings).map(([key, value]) => [`mesh:${key}`, value]));

/** A configuration as the engine hands it to a program. */
const encoded = (config: Config): Record<string, string> =>
  Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );

type Outputs = Awaited<ReturnType<typeof programModule.program>>;

/** Runs the program, with modules of its own. */
export async function load(): Promise<Outputs> {
  const { program } = await vi.importActual<typeof programModule>("../program");
  return program();
}

export async function runProgram(
  config: Config,
  known: RegExp,
  { secretKeys = [], ...options }: Omit<RecordOptions, "config"> = {},
): Promise<{ readonly resources: readonly Recorded[]; readonly outputs: Outputs | undefined }> {
  vi.resetModules();
  let outputs: Outputs | undefined;
  const stack = async () => {
    outputs = await load();
  };
  const secrets = ["mesh:observability", ...secretKeys];
  const resources = await record(stack, known, { ...options, config: encoded(config), secretKeys: secrets });
  return { resources, outputs };
}
