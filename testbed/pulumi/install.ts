import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { writeWhole } from "../../lib/wholeFile";

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

/** Puts the stand-ins into a folder, ready for PATH. One that is not asked for is removed, lest it hide the real one. */
export async function installStandIns(folder: string, what: StandIns): Promise<void> {
  await mkdir(folder, { recursive: true });
  const all = Object.entries(EXECUTABLES).flatMap(([plugin, executables]) =>
    Object.entries(executables).map(([name, program]) =>
      what[plugin as keyof StandIns] ? install(join(folder, name), program) : remove(join(folder, name)),
    ),
  );
  await Promise.all(all);
}

const bundleOf = (executable: string): string => `${executable}.cjs`;

async function remove(executable: string): Promise<void> {
  await Promise.all([executable, bundleOf(executable)].map((file) => rm(file, { force: true })));
}

async function install(executable: string, program: string): Promise<void> {
  const bundle = bundleOf(executable);
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, program)],
    bundle: true,
    platform: "node",
    target: "node24",
    legalComments: "none",
    logLevel: "silent",
    write: false,
    // The SDK's own reasons to load it do not arise in a plugin.
    alias: { typescript: join(__dirname, "eks/noCompiler.ts") },
  });
  // In one step each: an engine may be about to start it.
  for (const { contents } of outputFiles) writeWhole(bundle, contents, { mode: 0o644 });
  writeWhole(executable, `#!/bin/sh\nexec ${quote(process.execPath)} ${quote(bundle)} "$@"\n`, { mode: 0o755 });
}

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
