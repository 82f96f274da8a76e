import { chmod, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

/** Which of the engine's plugins are to be stood in for. */
export interface StandIns {
  /** `pulumi-language-nodejs` */
  readonly language?: boolean;
  /** `pulumi-resource-kubernetes` */
  readonly kubernetes?: boolean;
}

const EXECUTABLES = { language: "pulumi-language-nodejs", kubernetes: "pulumi-resource-kubernetes" } as const;

/** Puts the stand-ins into a folder, ready for PATH. One that is not asked for is removed, lest it hide the real one. */
export async function installStandIns(folder: string, what: StandIns): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all([
    install("language", folder, what.language ?? false),
    install("kubernetes", folder, what.kubernetes ?? false),
  ]);
}

async function install(plugin: keyof StandIns, folder: string, wanted: boolean): Promise<void> {
  const executable = join(folder, EXECUTABLES[plugin]);
  const bundle = `${executable}.cjs`;
  if (!wanted) {
    await Promise.all([executable, bundle].map((file) => rm(file, { force: true })));
    return;
  }
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, plugin, "main.ts")],
    bundle: true,
    platform: "node",
    target: "node24",
    legalComments: "none",
    logLevel: "silent",
    write: false,
  });
  for (const { contents } of outputFiles) await replace(bundle, contents);
  await replace(executable, `#!/bin/sh\nexec ${quote(process.execPath)} ${quote(bundle)} "$@"\n`);
}

/** Writes a file in one step: an engine may be about to start it. */
async function replace(file: string, content: string | Uint8Array): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, content);
  await chmod(draft, 0o755);
  await rename(draft, file);
}

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
