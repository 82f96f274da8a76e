import { isEncrypted, pathText, type Path, type Problem, type Finding } from "../lib/schema/problems.ts";
import { mapOf } from "../lib/untrusted.ts";
import type { Draft } from "./draft.ts";
import { generatedSecrets } from "./generatedSecrets.ts";
import { valuesAt, type Pattern } from "./patterns.ts";

/** Settings that are secret, which a stack file has encrypted alone. */
export const secretSettings: readonly Pattern[] = [
  ["bookinfo", "ratings", "password"],
  ["istio", "ca", "secret", "key"],
  ["observability", "exposure", "login", "clientSecret"],
  ["rateLimitService", "redis", "password"],
  ...generatedSecrets.map(({ path }) => path.map(String)),
  ["applications", "*", "services", "*", "versions", "*", "secretEnv", "*"],
];

/** The command that sets a secret, by its key. It takes the value from its standard input, or asks for it. */
export type SecretCommand = (key: string) => string;

/** With Pulumi's own command, on the stack that is selected. */
export const setWithPulumi: SecretCommand = (key) => `pulumi config set --secret --path '${key}'`;

/** Secrets that anyone can read in the stack file. */
export function* plainSecrets(
  raw: Readonly<Record<string, unknown>>,
  secretKeys: ReadonlySet<string>,
  setSecret: (path: Path) => string,
): Iterable<Finding> {
  for (const { path, value } of secretSettings.flatMap((pattern) => [...valuesAt(raw, pattern)])) {
    if (typeof value !== "string" || secretKeys.has(String(path[0]))) continue;
    yield { path, reason: `is readable in the stack file: remove it there, then set it with: ${setSecret(path)}` };
  }
}

/** Secrets that the user has to choose, and has not. */
export function* missingPasswords(draft: Draft, setSecret: (path: Path) => string): Iterable<Finding> {
  const { database, password } = mapOf(draft.section("bookinfo").ratings);
  if (database === "mysql" && password === undefined) {
    const path = ["bookinfo", "ratings", "password"];
    yield { path, reason: `is missing: MySQL needs one; set it with: ${setSecret(path)}` };
  }
  const { secret } = mapOf(draft.section("istio").ca);
  if (secret !== undefined && mapOf(secret).key === undefined) {
    const path = ["istio", "ca", "secret", "key"];
    yield { path, reason: `is missing: the control plane signs with it; set it with: ${setSecret(path)} < ca-key.pem` };
  }
  if (draft.login !== undefined && draft.login.clientSecret === undefined) {
    const path = ["observability", "exposure", "login", "clientSecret"];
    yield { path, reason: `is missing: the issuer has it with the client; set it with: ${setSecret(path)}` };
  }
}

/** What the engine takes for an encrypted value, and fails to decrypt. */
export function* emptySecrets(
  config: unknown,
  secretCommand: SecretCommand = setWithPulumi,
  path: Path = [],
): Iterable<Problem> {
  if (isEncrypted(config) && config.secure === "") {
    const [key = "", ...rest] = path;
    const [namespace = "", name = ""] = String(key).split(":");
    const place = `${namespace}:${pathText([name, ...rest])}`;
    yield {
      path: place,
      reason: `is a secret without content: remove it there, then set it with: ${secretCommand(place)}`,
    };
    return;
  }
  if (typeof config !== "object" || config === null) return;
  const parts = Array.isArray(config) ? [...(config as unknown[]).entries()] : Object.entries(config);
  for (const [key, part] of parts) yield* emptySecrets(part, secretCommand, [...path, key]);
}
