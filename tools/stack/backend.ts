// Where the engine keeps the state of a stack: of a team's stacks, where plain Pulumi keeps it.
import { existsSync, mkdirSync } from "node:fs";
import { outcomeOf } from "../../lib/run.ts";
import { checkout } from "./checkout.ts";
import { initCommand, initWithKms } from "./secretCommand.ts";
import { backendFolder, backendUrl } from "./stackFolder.ts";

export interface Backend {
  readonly url: string;
  /** The engine's environment, with what tells it the backend. */
  readonly env: Readonly<Record<string, string>>;
}

/** A stack that is made to measure, and removed: no backend of anybody's gets to know of it. */
export const THROW_AWAY = "measure";

/** Stacks of one checkout on one machine: their state goes with the cluster. Every other one belongs to a team. */
const OF_ONE_CHECKOUT = ["local", "bench", THROW_AWAY];

/** Whether a stack is a team's, whose state and secrets are where plain Pulumi has them. */
export const isShared = (name: string): boolean => !OF_ONE_CHECKOUT.includes(name);

/** Where the user has the engine keep the state of the stack, if that is said in the environment. */
export function ownBackend(name: string): string | undefined {
  if (name === THROW_AWAY) return undefined;
  const { PULUMI_BACKEND_URL } = process.env;
  if (PULUMI_BACKEND_URL !== "") return PULUMI_BACKEND_URL;
  throw new Error("PULUMI_BACKEND_URL is empty: unset it, or set it to a backend");
}

/** The engine's exit code where it has to log in first. */
const NOT_LOGGED_IN = 3;

/**
 * The backend of a stack. Where that is a folder of the checkout, it is made.
 * @param env the engine's environment
 * @throws Error that says how to choose one, where a team's stack has none
 */
export async function backendOf(name: string, env: Readonly<Record<string, string>>): Promise<Backend> {
  const own = ownBackend(name);
  if (!isShared(name)) {
    const url = own ?? madeBackend(name);
    return { url, env: { ...env, PULUMI_BACKEND_URL: url } };
  }
  // The engine itself says which: of the environment, of Pulumi.yaml, or that of the last login.
  const args = ["whoami", "--verbose", "--json", "--non-interactive"];
  const { exitCode, stdout, stderr } = await outcomeOf("pulumi", args, { cwd: checkout, env });
  if (exitCode === NOT_LOGGED_IN) throw new Error(choose(name));
  if (exitCode !== 0) throw new Error(`the backend of the stack ${name} cannot be reached:\n${stderr.trim()}`);
  return { url: (JSON.parse(stdout) as { url: string }).url, env };
}

function madeBackend(name: string): string {
  const folder = backendFolder(name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return backendUrl(folder);
}

/** The ways to a backend, each as it is typed. */
function choose(name: string): string {
  const login = (args: string) => `make pulumi STACK=${name} ARGS="login${args}"`;
  return [
    `no backend is configured for the state of the stack ${name}. Everyone who works on it, and CI, must use the same one. Choose one:`,
    "  S3, with secrets encrypted by KMS",
    `    ${login(" 's3://<bucket>?region=<region>'")}`,
    `    ${initWithKms(name)}`,
    "  Pulumi Cloud",
    `    ${login("")}`,
    `    ${initCommand(name)}`,
    "  any other backend, such as a folder that only you use, with a passphrase for the secrets",
    "    export PULUMI_BACKEND_URL=file://$HOME PULUMI_CONFIG_PASSPHRASE=<passphrase>",
    `    ${initCommand(name)}`,
    ...formerState(name),
  ].join("\n");
}

/** The tools once kept every stack's state in the checkout. */
function formerState(name: string): string[] {
  const folder = backendFolder(name);
  if (!existsSync(folder)) return [];
  return [
    `This checkout has an older state of ${name} in ${folder}. To move it to the new backend:`,
    `  PULUMI_BACKEND_URL='${backendUrl(folder)}' pulumi stack export --stack ${name} --show-secrets --file state.json`,
    `  pulumi stack import --stack ${name} --file state.json && rm state.json`,
  ];
}
