import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { keyOf } from "../../lib/cache.ts";
import { writeWhole } from "../../lib/wholeFile.ts";

/** Which of the engine's plugins are to be stood in for. */
export interface StandIns {
  /** `pulumi-language-nodejs` */
  readonly language?: boolean;
  /** `pulumi-resource-kubernetes` */
  readonly kubernetes?: boolean;
  /** `pulumi-resource-aws` and `pulumi-resource-eks`, which belong together, and the `aws` program that clusters of theirs ask for tokens. */
  readonly aws?: boolean;
}

/** The executables of each, and the programs of this folder that they are made of. */
const EXECUTABLES: Readonly<Record<keyof StandIns, Readonly<Record<string, string>>>> = {
  language: { "pulumi-language-nodejs": "language/main.ts" },
  kubernetes: { "pulumi-resource-kubernetes": "kubernetes/main.ts" },
  aws: { "pulumi-resource-aws": "aws/main.ts", "pulumi-resource-eks": "eks/main.ts", aws: "aws/cli.ts" },
};

/** The programs of the stand-ins, by the names of their executables. */
type Bundles = Readonly<Record<string, Uint8Array>>;

/** Puts the stand-ins into a folder under `root`, ready for PATH: that of what they are in this checkout, since others may have others. */
export async function installStandIns(root: string, what: StandIns): Promise<string> {
  const bundles = await bundlesOf(what);
  const folder = join(
    root,
    keyOf(
      process.execPath,
      ...Object.entries(bundles)
        .flat()
        .map((part) => Buffer.from(part)),
    ),
  );
  // The executables come last.
  if (!Object.keys(bundles).every((name) => existsSync(join(folder, name)))) await put(folder, bundles);
  return folder;
}

async function bundlesOf(what: StandIns): Promise<Bundles> {
  const wanted = Object.entries(EXECUTABLES).filter(([plugin]) => what[plugin as keyof StandIns]);
  const programs = wanted.flatMap(([, executables]) => Object.entries(executables));
  return Object.fromEntries(
    await Promise.all(programs.map(async ([name, program]) => [name, await bundle(program)] as const)),
  );
}

async function bundle(program: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, program)],
    bundle: true,
    // Comments would name the checkout's own paths.
    minifyWhitespace: true,
    platform: "node",
    target: "node24",
    legalComments: "none",
    logLevel: "silent",
    write: false,
    // The SDK's own reasons to load it do not arise in a plugin.
    alias: { typescript: join(import.meta.dirname, "eks/noCompiler.ts") },
  });
  const [file] = outputFiles;
  if (!file) throw new Error(`nothing came of ${program}`);
  return file.contents;
}

const bundleOf = (executable: string): string => `${executable}.cjs`;

async function put(folder: string, bundles: Bundles): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, contents] of Object.entries(bundles)) {
    const executable = join(folder, name);
    // In one step each: an engine may be about to start it.
    writeWhole(bundleOf(executable), contents, { mode: 0o644 });
    const start = `#!/bin/sh\nexec ${quote(process.execPath)} ${quote(bundleOf(executable))} "$@"\n`;
    writeWhole(executable, start, { mode: 0o755 });
  }
}

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
