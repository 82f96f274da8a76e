import { createRequire } from "node:module";
import { join } from "node:path";
import type { ProgramInfo } from "@pulumi/pulumi/proto/language_pb.js";

/** How Pulumi.yaml and PulumiPolicy.yaml want the program to be run (`runtime.options`). */
export interface RuntimeOptions {
  /**
   * Whether the program's TypeScript is compiled on the fly.
   * @default true
   */
  readonly typescript: boolean;
  /** The tsconfig.json that is used instead of the program's own. */
  readonly tsconfig: string | undefined;
  /** Arguments of Node itself, e.g. `--max-old-space-size=4096`. */
  readonly nodeArgs: readonly string[];
}

/** @throws Error if an option is of the wrong type */
export function runtimeOptions(info: ProgramInfo | undefined): RuntimeOptions {
  const { typescript = true, tsconfig, nodeargs = "" } = info?.getOptions()?.toJavaScript() ?? {};
  if (typeof typescript !== "boolean") throw new Error("the runtime option typescript must be true or false");
  if (tsconfig !== undefined && typeof tsconfig !== "string")
    throw new Error("the runtime option tsconfig must be a path");
  if (typeof nodeargs !== "string") throw new Error("the runtime option nodeargs must be a text");
  return { typescript, tsconfig, nodeArgs: splitWords(nodeargs) };
}

/** The variables by which the SDK learns of the options. */
export function environmentOf({ typescript, tsconfig }: RuntimeOptions): NodeJS.ProcessEnv {
  return {
    ...(typescript && { PULUMI_NODEJS_TYPESCRIPT: "true" }),
    ...(tsconfig && { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
  };
}

/**
 * Finds a script of the SDK from the folder of a program, as the program itself would.
 * @throws Error that says how to install the SDK
 */
export function sdkScript(folder: string, script: string): string {
  try {
    return createRequire(join(folder, "package.json")).resolve(`@pulumi/pulumi/cmd/${script}`);
  } catch (error) {
    throw new Error(`${folder} has no Pulumi SDK: run \`npm ci\` there, or in a folder above it`, { cause: error });
  }
}

/** A list of `KEY=value`, as the engine sends it; a later one wins. */
export function parseEnvironment(list: readonly string[]): NodeJS.ProcessEnv {
  const entries = list.map((entry) => {
    const at = entry.indexOf("=");
    return [entry.slice(0, at), entry.slice(at + 1)] as const;
  });
  return Object.fromEntries(entries);
}

/** Words as a shell would tell them apart; quotes keep spaces. */
function splitWords(text: string): string[] {
  const words = text.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) =>
    word.replaceAll(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ""),
  );
}
