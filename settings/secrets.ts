import { fields, versionsOf } from "./combinations";
import { isEncrypted, pathText, type Path, type Problem } from "../lib/schema/problems";

/** Secrets that anyone can read in the stack file. */
export function* plainSecrets(
  raw: Readonly<Record<string, unknown>>,
  secretKeys: ReadonlySet<string>,
  project: string,
): Iterable<{ readonly path: Path; readonly reason: string }> {
  for (const { path, value } of secretsOf(raw)) {
    if (typeof value === "string" && !secretKeys.has(String(path[0]))) {
      const key = `${project}:${pathText(path)}`;
      yield {
        path,
        reason: `is readable in the stack file; encrypt it with: pulumi config set --secret --path '${key}'`,
      };
    }
  }
}

/** What the engine takes for an encrypted value, and fails to decrypt. */
export function* emptySecrets(config: unknown, path: Path = []): Iterable<Problem> {
  if (isEncrypted(config) && config.secure === "") {
    const [key = "", ...rest] = path;
    const [namespace = "", name = ""] = String(key).split(":");
    const place = `${namespace}:${pathText([name, ...rest])}`;
    const reason = `is a secret without content; set it with: pulumi config set --secret --path '${place}'`;
    yield { path: place, reason };
    return;
  }
  if (typeof config !== "object" || config === null) return;
  const parts = Array.isArray(config) ? [...(config as unknown[]).entries()] : Object.entries(config);
  for (const [key, part] of parts) yield* emptySecrets(part, [...path, key]);
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
