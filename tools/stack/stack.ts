// A stack as the tools run it: its files, its state on this machine, and the engine.
import { randomBytes } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { say } from "../../lib/progress";
import { outcomeOf, run } from "../../lib/run";
import { CLOUD, engine, type Engine } from "../programs/programs";
import { makeMissingSecrets } from "./generatedSecrets";
import { rememberedScenario, SCENARIO } from "./scenarioChoice";
import { checkout, readCopy, readStackFile, stackFileCopy, writeStackFileCopy } from "./stackFile";
import { chooseTarget, readyTarget, rememberedTarget, rememberTarget, type Target } from "./target";

export interface Stack {
  readonly name: string;
  readonly target: Target;
  readonly env: Readonly<Record<string, string>>;
  /** The stack file that the engine reads. */
  readonly file: string;
  /** What stands in for a plugin that cannot be had. */
  readonly standIns: readonly string[];
}

/** Waiting for pods costs nothing: let everything that depends on nothing else begin at once. */
const PARALLEL = ["--parallel", "64"];

/** Where the tools keep what belongs to a stack: its state, its secrets' passphrase, the copy of its file. */
export const stackFolder = (name: string): string => join(checkout, ".state", name);

/** Where the engine keeps the stack's state, unless the user has chosen a backend. */
export const backendFolder = (name: string): string => join(stackFolder(name), "backend");

/**
 * Checks the stack's file, makes sure of its cluster and of the engine, and selects the stack.
 * @param settingsOf the stack whose file it is; its own by default
 */
export async function openStack(name: string, context?: string, settingsOf = name): Promise<Stack> {
  const folder = stackFolder(name);
  const scenario = rememberedScenario(folder);
  const { config: kept } = readCopy(stackFileCopy(folder, name));
  const config = readStackFile(settingsOf, scenario === undefined ? {} : { [SCENARIO]: scenario }, kept);
  const target = chooseTarget({ stack: name, settingsOf, folder, config, context });
  mkdirSync(backendFolder(name), { recursive: true, mode: 0o700 });
  rememberTarget(folder, target);
  if (scenario !== undefined) say(`the scenario ${scenario} holds; \`make scenario NAME=none\` ends it`);
  const { env: programs, standIns } = await engineFor(name, target);
  if (standIns.length > 0) say(`not to be had here, and stood in for (see testbed/pulumi): ${standIns.join(", ")}`);
  const overlay = await readyTarget(target);
  const file = writeStackFileCopy(folder, name, config, overlay);
  const env = { ...programs, ...backend(name) };
  await selectStack(name, env);
  await makeMissingSecrets({ name, env, file });
  return { name, target, env, file, standIns };
}

/** Makes the stack in its backend, if it is not there. */
async function selectStack(name: string, env: Stack["env"]): Promise<void> {
  const folder = stackFolder(name);
  // The engine notes the salt of the stack's secrets beside the project: let that be beside a copy of it.
  copyFileSync(join(checkout, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  await run("pulumi", ["stack", "select", "--create", name, "--non-interactive"], { cwd: folder, env });
}

/** What it takes to set a secret of the stack, before its first `openStack` as well: neither its settings nor its cluster. */
export async function stackForSecrets(name: string): Promise<Pick<Stack, "name" | "env" | "file">> {
  const folder = stackFolder(name);
  mkdirSync(backendFolder(name), { recursive: true, mode: 0o700 });
  const { env: programs } = await engine();
  const env = { ...programs, ...backend(name) };
  await selectStack(name, env);
  return { name, env, file: stackFileCopy(folder, name) };
}

/**
 * The stack as an earlier `openStack` left it.
 * @throws Error where there was none
 */
export async function openedStack(name: string): Promise<Stack> {
  const folder = stackFolder(name);
  const target = rememberedTarget(folder);
  const file = stackFileCopy(folder, name);
  if (!target || !existsSync(file)) throw new Error(`the stack ${name} is not up: run \`make up\``);
  const { env, standIns } = await engineFor(name, target);
  return { name, target, env: { ...env, ...backend(name) }, file, standIns };
}

/** The engine with what the stack needs. Where AWS is stood in for, its account is one of the stack's files. */
async function engineFor(name: string, target: Target): Promise<Engine> {
  const found = await engine({ aws: target.kind === "eks" });
  if (!found.standIns.includes(CLOUD)) return found;
  const env = { ...found.env, MESH_AWS_ACCOUNT: join(stackFolder(name), "aws-account") };
  // Tools that talk to the cluster themselves ask the same `aws` program for tokens.
  process.env.PATH = found.env.PATH;
  return { ...found, env };
}

/** Keeps the kubeconfig that the stack's outputs hold, for the tools that talk to the cluster themselves. */
export async function keepKubeconfig({ name, target, env }: Stack): Promise<void> {
  if (target.kind !== "eks") return;
  const args = ["stack", "output", "kubeconfig", "--show-secrets", "--stack", name];
  const { exitCode, stdout } = await outcomeOf("pulumi", args, { cwd: checkout, env });
  if (exitCode === 0) writeFileSync(target.kubeconfig, stdout, { mode: 0o600 });
}

/**
 * Runs the engine on the stack; what it prints goes to the terminal.
 * @param onLine is told each line of it as well
 */
export async function pulumi(
  stack: Pick<Stack, "name" | "env" | "file">,
  command: string,
  args: readonly string[] = [],
  onLine?: (line: string) => void,
): Promise<void> {
  const takesFile = ["up", "preview", "refresh", "destroy", "config", "watch"].includes(command);
  const file = takesFile ? ["--config-file", stack.file] : [];
  const all = [command, ...args, "--stack", stack.name, ...file, ...(command === "up" ? PARALLEL : [])];
  const child = spawn("pulumi", all, {
    cwd: checkout,
    env: { ...process.env, ...stack.env },
    stdio: ["inherit", onLine ? "pipe" : "inherit", "inherit"],
  });
  if (onLine && child.stdout) {
    child.stdout.pipe(process.stdout);
    createInterface(child.stdout).on("line", onLine);
  }
  // Ctrl-C reaches the engine as well, which then ends in order: this process waits for it.
  const wait = () => undefined;
  process.on("SIGINT", wait);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.on("error", reject);
      child.on("exit", (status, signal) => {
        resolve(status ?? (signal ? 1 : 0));
      });
    });
    if (code !== 0) throw new EngineFailed(command);
  } finally {
    process.off("SIGINT", wait);
  }
}

/** The engine has ended with an error, and has said why. */
export class EngineFailed extends Error {
  constructor(command: string) {
    super(
      `pulumi ${command} has failed; nothing is lost: what it made is in the stack's state, and it goes on from there`,
    );
  }
}

/** The arguments by which the pack judges the stack, with the levels of its environment. */
export function policyArgs(name: string): string[] {
  const levels = join(checkout, "policies/config", `${name}.json`);
  const pack = ["--policy-pack", join(checkout, "policies")];
  return existsSync(levels) ? [...pack, "--policy-pack-config", levels] : pack;
}

/** The stack's outputs. */
export async function outputsOf(stack: Stack): Promise<Record<string, unknown>> {
  const args = ["stack", "output", "--json", "--stack", stack.name];
  const { exitCode, stdout } = await outcomeOf("pulumi", args, { cwd: checkout, env: stack.env });
  return exitCode === 0 ? (JSON.parse(stdout) as Record<string, unknown>) : {};
}

/** The user's own backend and passphrase where they are set; else the state lies beside the checkout's other state. */
function backend(name: string): Record<string, string> {
  const { PULUMI_BACKEND_URL, PULUMI_CONFIG_PASSPHRASE, PULUMI_CONFIG_PASSPHRASE_FILE } = process.env;
  const own = PULUMI_CONFIG_PASSPHRASE !== undefined || PULUMI_CONFIG_PASSPHRASE_FILE !== undefined;
  return {
    ...(PULUMI_BACKEND_URL === undefined && { PULUMI_BACKEND_URL: `file://${backendFolder(name)}` }),
    ...(!own && { PULUMI_CONFIG_PASSPHRASE_FILE: passphraseFile(name) }),
  };
}

function passphraseFile(name: string): string {
  const file = join(stackFolder(name), "passphrase");
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600 });
  return file;
}
