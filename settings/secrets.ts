import { isEncrypted, pathText, type Path, type Problem } from "../lib/schema/problems.ts";
import { fields, versionsOf, type Conflict } from "./combinations.ts";

/** The command that sets a secret, by its key. It takes the value from its standard input, or asks for it. */
export type SecretCommand = (key: string) => string;

/** With Pulumi's own command, on the stack that is selected. */
export const setWithPulumi: SecretCommand = (key) => `pulumi config set --secret --path '${key}'`;

/** Secrets that anyone can read in the stack file. */
export function* plainSecrets(
  raw: Readonly<Record<string, unknown>>,
  secretKeys: ReadonlySet<string>,
  setSecret: (path: Path) => string,
): Iterable<Conflict> {
  for (const { path, value } of secretsOf(raw)) {
    if (typeof value !== "string" || secretKeys.has(String(path[0]))) continue;
    yield { path, reason: `is readable in the stack file: remove it there, then set it with: ${setSecret(path)}` };
  }
}

/** Secrets that the user has to choose, and has not. */
export function* missingPasswords(
  raw: Readonly<Record<string, unknown>>,
  setSecret: (path: Path) => string,
): Iterable<Conflict> {
  const { database, password } = fields(fields(raw.bookinfo).ratings);
  if (database !== "mysql" || password !== undefined) return;
  const path = ["bookinfo", "ratings", "password"];
  yield { path, reason: `is missing: MySQL needs one; set it with: ${setSecret(path)}` };
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

function* secretsOf(
  raw: Readonly<Record<string, unknown>>,
): Iterable<{ readonly path: Path; readonly value: unknown }> {
  yield { path: ["bookinfo", "ratings", "password"], value: fields(fields(raw.bookinfo).ratings).password };
  const { grafana, kiali } = fields(raw.observability);
  yield { path: ["observability", "grafana", "password"], value: fields(grafana).password };
  yield { path: ["observability", "kiali", "signingKey"], value: fields(kiali).signingKey };
  for (const { path, version } of versionsOf(raw)) {
    for (const [name, value] of Object.entries(fields(version.secretEnv))) {
      yield { path: [...path, "secretEnv", name], value };
    }
  }
}
