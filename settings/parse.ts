import { ENCRYPTED, pathText, problemsOf, type Path, type Problem } from "../lib/schema/problems";
import { GENERATED_LENGTH, missingSecrets, type GeneratedSecret } from "./generatedSecrets";
import { REGION, regionProblems } from "./region";
import { schema, type Settings } from "./schema";
import { scopeProblems } from "./scope";
import { missingPasswords, plainSecrets, setWithPulumi, type SecretCommand } from "./secrets";
import { withTrafficFiles } from "./trafficFiles";

/** The settings, or all that is wrong with them. */
export type ParsedSettings = { readonly settings: Settings } | { readonly problems: readonly Problem[] };

/**
 * Checks the settings of a stack, all of them, whatever else is wrong.
 *
 * @param raw values by the name of the top-level key without the project's, e.g. `profile`
 * @param secretKeys top-level keys of which a part or all is encrypted in the stack file
 * @param project name before the colon of a key
 * @param complete whether secrets have to be there that `make` would make; the program needs them
 * @param region what the stack file says under `aws:region`
 * @param folder in which the files of `trafficFiles` are looked for; by default that of Pulumi.yaml
 * @param secretCommand what a message tells the user to set a secret with
 */
export function parseSettings(
  raw: Readonly<Record<string, unknown>>,
  {
    secretKeys = new Set<string>(),
    project = "mesh",
    complete = false,
    region,
    folder,
    secretCommand = setWithPulumi,
  }: {
    readonly secretKeys?: ReadonlySet<string>;
    readonly project?: string;
    readonly complete?: boolean;
    readonly region?: unknown;
    readonly folder?: string | undefined;
    readonly secretCommand?: SecretCommand | undefined;
  } = {},
): ParsedSettings {
  const setSecret = (path: Path) => secretCommand(`${project}:${pathText(path)}`);
  const { settings: whole, fileOf, problems: inFiles } = withTrafficFiles(raw, project, folder);
  const result = schema.safeParse(whole);
  const problems = [
    ...[
      ...(result.success ? [] : problemsOf(result.error.issues, whole, "setting")),
      ...plainSecrets(whole, secretKeys, setSecret),
      ...missingPasswords(whole, setSecret),
      ...scopeProblems(raw),
      ...(complete ? missingSecrets(whole) : []).map(({ path, what }) => ({
        path,
        reason: `is missing: ${what}; \`make up\` makes one, or set it with: openssl rand -hex ${GENERATED_LENGTH / 2} | ${setSecret(path)}`,
      })),
    ].map(({ path, reason }) => {
      const [section, host] = path;
      const file = section === "traffic" ? fileOf.get(String(host)) : undefined;
      return { path: file ? `${file}: ${pathText(path.slice(1))}` : `${project}:${pathText(path)}`, reason };
    }),
    ...inFiles,
    ...regionProblems(raw, region),
  ].sort((a, b) => a.path.localeCompare(b.path));
  if (result.success && problems.length === 0) return { settings: result.data };
  return { problems };
}

/**
 * What is wrong with the settings in a stack file, without the engine and without its secrets.
 *
 * @param config the map `config` of the file, e.g. `{ "mesh:profile": "demo" }`
 * @param folder in which the files of `trafficFiles` are looked for; by default that of Pulumi.yaml
 * @param secretCommand what a message tells the user to set a secret with; by default Pulumi's own command
 */
export function settingsProblems(
  config: Readonly<Record<string, unknown>>,
  project = "mesh",
  folder?: string,
  secretCommand?: SecretCommand,
): readonly Problem[] {
  const bare = Object.keys(config).filter((key) => !key.includes(":"));
  const parsed = parseSettings(settingsByName(config, project), { project, region: config[REGION], folder, secretCommand });
  return [
    ...bare.map((key) => ({ path: key, reason: `has no namespace; did you mean ${project}:${key}?` })),
    ...("problems" in parsed ? parsed.problems : []),
    ...tooLong(config, project),
  ];
}

/** The engine hands a program its configuration in one variable of the environment, as long as Linux allows at most. */
const LONGEST = 128 * 1024;

function* tooLong(config: Readonly<Record<string, unknown>>, project: string): Iterable<Problem> {
  const texts = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const length = `PULUMI_CONFIG=${JSON.stringify(Object.fromEntries(texts))}`.length;
  if (length < LONGEST) return;
  yield {
    path: `${project}:traffic`,
    reason: `and the rest are too long for the engine, ${length} characters of ${LONGEST}: move hosts to files, named by ${project}:trafficFiles`,
  };
}

/** The secrets that a stack needs and that its file does not have, neither in clear nor encrypted. */
export function missingSecretsIn(
  config: Readonly<Record<string, unknown>>,
  project = "mesh",
): readonly GeneratedSecret[] {
  const hidden = new Set(Object.entries(config).flatMap(([key, value]) => (isEncrypted(value) ? [key] : [])));
  return missingSecrets(settingsByName(config, project)).filter(({ path }) => !hidden.has(`${project}:${String(path[0])}`));
}

/** The settings in a stack file by the name of the section, an encrypted value standing for itself. */
export function settingsByName(config: Readonly<Record<string, unknown>>, project = "mesh"): Record<string, unknown> {
  const ours = Object.entries(config).filter(
    // A whole section that is encrypted shows nothing to check.
    ([key, value]) => key.startsWith(`${project}:`) && !isEncrypted(value),
  );
  return Object.fromEntries(ours.map(([key, value]) => [key.slice(project.length + 1), sealed(decoded(value))]));
}

/** Pulumi keeps a section as JSON in a string. */
export function decoded(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function isEncrypted(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).join() === "secure";
}

/** A copy in which each encrypted value stands for itself. */
function sealed(value: unknown): unknown {
  if (isEncrypted(value)) return ENCRYPTED;
  if (Array.isArray(value)) return value.map(sealed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, sealed(part)]));
}
