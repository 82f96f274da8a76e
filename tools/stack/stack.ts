// A stack as the tools run it: its files, its state on this machine, and the engine.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { say } from "../../lib/progress.ts";
import { outcomeOf } from "../../lib/run.ts";
import { writeWhole } from "../../lib/wholeFile.ts";
import { CLOUD, engine, ownPulumiHome, pulumiAlone, type Engine } from "../programs/programs.ts";
import { backendOf, isShared } from "./backend.ts";
import { checkPassphrase, passphraseEnv, passphraseIn } from "./passphrase.ts";
import { rememberedScenario, SCENARIO } from "./scenarioChoice.ts";
import { checkout } from "./checkout.ts";
import { forgetLostTestbed } from "./lostTestbed.ts";
import { levelsFile } from "./policyLevels.ts";
import { initCommand } from "./secretCommand.ts";
import { runEngine } from "./runEngine.ts";
import { sharedKeys } from "./sharedStack.ts";
import {
  copySharedStackFile,
  readStackFile,
  stackConfig,
  stackFileCopy,
  stackFilePath,
  writeStackFileCopy,
  type StackFile,
} from "./stackFile.ts";
import { onDraft, readStackFileCopy } from "./stackFileCopy.ts";
import { backendFolder, makeStackFolder, removeCutFiles, stackFolder } from "./stackFolder.ts";
import type { Config } from "./keptSecrets.ts";
import { standInCaller } from "./standInCaller.ts";
import { withSecrets } from "./withSecrets.ts";
import { chooseTarget, isThere, readyTarget, rememberedTarget, rememberTarget, type Target } from "./target.ts";

export interface Stack {
  readonly name: string;
  readonly target: Target;
  readonly env: Readonly<Record<string, string>>;
  /** The stack file that the engine reads. */
  readonly file: string;
  /** What stands in for a plugin that cannot be had. */
  readonly standIns: readonly string[];
}

/** Commands of the engine that read the stack file, and may write it. */
const TAKES_FILE = ["up", "preview", "refresh", "destroy", "config", "watch"];

/** Waiting for pods costs nothing: let everything that depends on nothing else begin at once. */
const PARALLEL = ["--parallel", "64"];

/**
 * The stack's file as it is now, with the scenario that is active.
 * @param settingsOf the stack whose file it is; its own by default
 * @throws Error that lists everything that is wrong in it
 */
export function checkedStackFile(name: string, settingsOf = name): StackFile {
  const folder = stackFolder(name);
  const scenario = rememberedScenario(folder);
  const over = scenario === undefined ? {} : { [SCENARIO]: scenario };
  const secrets = isShared(name)
    ? { madeBy: initCommand(name) }
    : { kept: readStackFileCopy(stackFileCopy(folder, name)).config };
  return readStackFile(settingsOf, over, secrets);
}

/**
 * Checks the stack's file, makes sure of its cluster and of the engine, and selects the stack.
 * @param settingsOf the stack whose file it is; its own by default
 */
export async function openStack(name: string, context?: string, settingsOf = name): Promise<Stack> {
  const folder = stackFolder(name);
  const scenario = rememberedScenario(folder);
  // What an earlier run has left is looked at before anything slow begins.
  const stackFile = checkedStackFile(name, settingsOf);
  const target = chooseTarget({ stack: name, settingsOf, folder, config: stackFile.config, context });
  if (!isShared(name)) checkPassphrase(folder);
  const { env: programs, standIns } = await engineFor(name, target, stackFile.config);
  const backend = await backendOf(name, programs);
  const { env } = backend;
  const keys = isShared(name) ? await sharedKeys(name, stackFile.keys, backend) : stackFile.keys;
  if (!isShared(name)) removeCutFiles(backendFolder(name));
  rememberTarget(makeStackFolder(name), target);
  if (scenario !== undefined) say(`the scenario ${scenario} is active; \`make scenario NAME=none\` ends it`);
  if (standIns.length > 0) say(`unavailable here, using stand-ins (see testbed/pulumi) for: ${standIns.join(", ")}`);
  if (target.kind === "testbed") await forgetLostTestbed(target, name, env);
  const overlay = await readyTarget(target);
  const write = isShared(name) ? copySharedStackFile : writeStackFileCopy;
  const file = write(folder, name, { ...stackFile, keys }, overlay);
  if (isShared(name)) return { name, target, env, file, standIns };
  return { name, target, env: await withSecrets({ name, folder, file, env }), file, standIns };
}

/**
 * Runs `pulumi config` on the file in which the stack has its secrets: of a team's stack that is its own, else the copy,
 * before the first `openStack` as well. It takes neither the stack's settings nor its cluster.
 */
export async function configure(name: string, args: readonly string[]): Promise<void> {
  const { env: programs } = await engine();
  const backend = await backendOf(name, programs);
  const { env } = backend;
  const config = (draft: string, whole: Readonly<Record<string, string>>) =>
    runEngine({ name, env: whole }, ["config", ...args, "--stack", name, "--config-file", draft]);
  const folder = makeStackFolder(name);
  if (isShared(name)) {
    await sharedKeys(name, stackConfig(name).keys, backend);
    return onDraft(stackFilePath(name), (draft) => config(draft, env), folder);
  }
  const file = stackFileCopy(folder, name);
  checkPassphrase(folder);
  removeCutFiles(backendFolder(name));
  if (!existsSync(file)) writeStackFileCopy(folder, name, { config: {}, keys: {} }, {});
  await withSecrets({ name, folder, file, env }, ({ env: whole, file: draft }) => config(draft, whole));
}

/**
 * The stack as an earlier `openStack` left it; a team's stack as it is.
 * @throws Error where there is none
 */
export async function openedStack(name: string): Promise<Stack> {
  if (isShared(name)) {
    const stack = await openStack(name);
    if (!isThere(stack.target)) await keepKubeconfig(stack);
    return stack;
  }
  const folder = stackFolder(name);
  const target = rememberedTarget(folder);
  const file = stackFileCopy(folder, name);
  if (!target || !existsSync(file)) throw new Error(`the stack ${name} is not deployed: run \`make up STACK=${name}\``);
  const { config } = readStackFileCopy(file);
  const { env: programs, standIns } = await engineFor(name, target, config);
  const { env } = await backendOf(name, programs);
  return { name, target, env: { ...env, ...passphraseEnv(() => passphraseIn(folder)) }, file, standIns };
}

/** The stack as the engine's backend has it, whatever its file says. */
export async function keptStack(name: string): Promise<Pick<Stack, "name" | "env" | "file">> {
  const { env: programs } = await pulumiAlone();
  const backend = await backendOf(name, programs);
  const { env } = backend;
  await sharedKeys(name, stackConfig(name).keys, backend);
  return { name, env, file: stackFilePath(name) };
}

/**
 * The engine with what the stack needs. Where AWS is stood in for, its account is one of the stack's files, and whoever runs
 * the program is one whom the stack's cluster lets in.
 */
async function engineFor(name: string, target: Target, config: Config): Promise<Engine> {
  const found = await engine({ aws: target.kind === "eks" });
  if (!found.standIns.includes(CLOUD)) return found;
  const account = join(stackFolder(name), "aws-account");
  const env = { ...found.env, MESH_AWS_ACCOUNT: account, ...standInCaller(config) };
  // Tools that talk to the cluster themselves ask the same `aws` program for tokens.
  process.env.PATH = found.env.PATH;
  return { ...found, env };
}

/** Keeps the kubeconfig that the stack's outputs hold, for the tools that talk to the cluster themselves. */
export async function keepKubeconfig({ name, target, env }: Stack): Promise<void> {
  if (target.kind !== "eks") return;
  const args = ["stack", "output", "kubeconfig", "--show-secrets", "--stack", name];
  const { exitCode, stdout } = await outcomeOf("pulumi", args, { cwd: checkout, env });
  if (exitCode === 0) writeWhole(target.kubeconfig, stdout);
}

/**
 * Runs the engine on the stack; what it prints goes to the terminal.
 * @param onLine gets each line of it instead
 */
export async function pulumi(
  stack: Pick<Stack, "name" | "env" | "file">,
  command: string,
  args: readonly string[] = [],
  onLine?: (line: string) => void,
): Promise<void> {
  const all = [command, ...args, "--stack", stack.name, ...(command === "up" ? PARALLEL : [])];
  if (!TAKES_FILE.includes(command)) return runEngine(stack, all, onLine);
  await onDraft(stack.file, (draft) => runEngine(stack, [...all, "--config-file", draft], onLine));
}

/** Runs a command of the engine that is for no stack, in the user's own home of Pulumi. */
export async function withoutStack(command: string, args: readonly string[]): Promise<void> {
  const { env } = await pulumiAlone();
  await runEngine({ env: { ...env, PULUMI_HOME: ownPulumiHome() } }, [command, ...args]);
}

/** The arguments by which the pack judges the stack, with the levels of its environment. */
export function policyArgs(name: string): string[] {
  const levels = levelsFile(name);
  const pack = ["--policy-pack", join(checkout, "policies")];
  return levels === undefined ? pack : [...pack, "--policy-pack-config", levels];
}

/** The stack's outputs. */
export async function outputsOf(stack: Stack): Promise<Record<string, unknown>> {
  const args = ["stack", "output", "--json", "--stack", stack.name];
  const { exitCode, stdout } = await outcomeOf("pulumi", args, { cwd: checkout, env: stack.env });
  return exitCode === 0 ? (JSON.parse(stdout) as Record<string, unknown>) : {};
}
