import {
  ENCRYPTED,
  isEncrypted,
  pathText,
  problemsOf,
  type Finding,
  type Path,
  type Problem,
} from "../lib/schema/problems.ts";
import { GENERATED_LENGTH, missingSecrets, type GeneratedSecret } from "./generatedSecrets.ts";
import { clusterNameProblems } from "../components/cluster/eks/schema/clusterName.ts";
import { otherRegions, REGION, regionProblems } from "./region.ts";
import { Draft } from "./draft.ts";
import { DEFAULT_TAGS, defaultTagProblems } from "./defaultTags.ts";
import { schema, type ParsedSettings } from "./schema.ts";
import { scopeProblems } from "./scope.ts";
import { unknownNamespaces } from "./namespaces.ts";
import { emptySecrets, missingPasswords, plainSecrets, setWithPulumi, type SecretCommand } from "./secrets.ts";
import { MOST_LEVELS, textProblems } from "./texts.ts";
import { withTrafficFiles } from "./trafficFiles.ts";

/** The settings, or all that is wrong with them. */
export type ParseResult = { readonly settings: ParsedSettings } | { readonly problems: readonly Problem[] };

/**
 * Checks the settings of a stack, all of them, whatever else is wrong.
 *
 * @param raw values by the name of the top-level key without the project's, e.g. `profile`
 * @param secretKeys top-level keys of which a part or all is encrypted in the stack file
 * @param project name before the colon of a key
 * @param madeBy the command that makes secrets which nobody has to think up, where they have to be there already
 * @param stack name of the stack, where it is known
 * @param region what the stack file says under `aws:region`
 * @param defaultTags what it says under `aws:defaultTags`
 * @param folder in which the files of `trafficFiles` are looked for; by default that of Pulumi.yaml
 * @param secretCommand what a message tells the user to set a secret with
 */
export function parseSettings(
  raw: Readonly<Record<string, unknown>>,
  {
    secretKeys = new Set<string>(),
    project = "mesh",
    madeBy,
    stack,
    region,
    defaultTags,
    folder,
    secretCommand = setWithPulumi,
  }: {
    readonly secretKeys?: ReadonlySet<string>;
    readonly project?: string;
    readonly madeBy?: string | undefined;
    readonly stack?: string | undefined;
    readonly region?: unknown;
    readonly defaultTags?: unknown;
    readonly folder?: string | undefined;
    readonly secretCommand?: SecretCommand | undefined;
  } = {},
): ParseResult {
  const setSecret = (path: Path) => secretCommand(`${project}:${pathText(path)}`);
  const { settings: whole, fileOf, problems: inFiles } = withTrafficFiles(raw, project, folder);
  const draft = new Draft(whole);
  const texts = [...textProblems(whole)];
  const result = schema.safeParse(whole);
  const found = result.success ? [] : problemsOf(result.error.issues, whole, "setting");
  const problems = [
    ...[
      ...found,
      ...elsewhere(texts, found),
      ...plainSecrets(whole, secretKeys, setSecret),
      ...missingPasswords(draft, setSecret),
      ...scopeProblems(raw, Object.keys(schema.shape)),
      ...otherRegions(draft, region),
      ...clusterNameProblems(draft.eks, project, stack),
      ...(madeBy === undefined ? [] : missingSecrets(draft)).map(({ path, what }) => ({
        path,
        reason: `is missing: ${what}; \`${madeBy}\` makes one, or set it with: openssl rand -hex ${GENERATED_LENGTH / 2} | ${setSecret(path)}`,
      })),
    ].map(({ path, reason }) => {
      const [section, host] = path;
      const file = section === "traffic" ? fileOf.get(String(host)) : undefined;
      return { path: file ? `${file}: ${pathText(path.slice(1))}` : `${project}:${pathText(path)}`, reason };
    }),
    ...inFiles,
    ...regionProblems(draft, region, project),
    ...defaultTagProblems(decoded(defaultTags)),
  ].sort((a, b) => a.path.localeCompare(b.path));
  if (result.success && problems.length === 0) return { settings: result.data };
  return { problems };
}

/** Those whose place the others have nothing to say about: a text that is too long, say, need not be a host as well. */
function elsewhere(problems: readonly Finding[], others: readonly Finding[]): readonly Finding[] {
  const paths = new Set(others.map(({ path }) => pathText(path)));
  return problems.filter(({ path }) => !paths.has(pathText(path)));
}

/**
 * What is wrong with the settings in a stack file, without the engine and without its secrets.
 *
 * @param config the map `config` of the file, e.g. `{ "mesh:profile": "demo" }`
 * @param folder in which the files of `trafficFiles` are looked for; by default that of Pulumi.yaml
 * @param secretCommand what a message tells the user to set a secret with; by default Pulumi's own command
 * @param madeBy the command that makes secrets which nobody has to think up, where they have to be there already
 * @param stack name of the stack, where it is known
 */
export function settingsProblems(
  config: Readonly<Record<string, unknown>>,
  {
    project = "mesh",
    folder,
    secretCommand,
    madeBy,
    stack,
  }: {
    readonly project?: string;
    readonly folder?: string;
    readonly secretCommand?: SecretCommand;
    readonly madeBy?: string;
    readonly stack?: string;
  } = {},
): readonly Problem[] {
  const long = [...tooLong(config)];
  // To look at each of thousands of settings that nobody can use takes long.
  if (long.length > 0) return long;
  const keys = Object.keys(config);
  const parsed = parseSettings(settingsByName(config, project), {
    project,
    stack,
    region: config[REGION],
    defaultTags: config[DEFAULT_TAGS],
    folder,
    secretCommand,
    madeBy,
  });
  return [
    ...keys.flatMap((key) => (key.includes(":") ? [] : [{ path: key, reason: withoutNamespace(key, project) }])),
    ...unknownNamespaces(keys, project),
    ...emptySecrets(config, secretCommand),
    ...("problems" in parsed ? parsed.problems : []),
  ];
}

const withoutNamespace = (key: string, project: string): string =>
  key === project
    ? `has no settings of its own: write ${project}: before each of them, such as ${project}:profile`
    : `has no namespace; did you mean ${project}:${key}?`;

/** The engine hands a program its configuration in one variable of the environment, as long as Linux allows at most. */
const LONGEST = 128 * 1024;

function* tooLong(config: Readonly<Record<string, unknown>>): Iterable<Problem> {
  const texts = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === "string" ? value : (JSON.stringify(value) as string | undefined),
  ]);
  const length = Buffer.byteLength(`PULUMI_CONFIG=${JSON.stringify(Object.fromEntries(texts))}`);
  if (length < LONGEST) return;
  const [[path = ""] = []] = texts.sort(([, a = ""], [, b = ""]) => b.length - a.length);
  const wayOut = path.endsWith(":traffic")
    ? `move hosts to files, named by ${path}Files`
    : "shorten it, or move hosts from mesh:traffic to files, named by mesh:trafficFiles";
  yield { path, reason: `and the rest are too long for the engine, ${length} characters of ${LONGEST}: ${wayOut}` };
}

/** The secrets that a stack needs and that its file does not have, neither in clear nor encrypted. */
export function missingSecretsIn(
  config: Readonly<Record<string, unknown>>,
  project = "mesh",
): readonly GeneratedSecret[] {
  const hidden = new Set(Object.entries(config).flatMap(([key, value]) => (isEncrypted(value) ? [key] : [])));
  return missingSecrets(new Draft(settingsByName(config, project))).filter(
    ({ path }) => !hidden.has(`${project}:${String(path[0])}`),
  );
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

/** A copy in which each encrypted value stands for itself; what is nested too deep is refused as it stands. */
function sealed(value: unknown, levels = MOST_LEVELS + 2): unknown {
  if (isEncrypted(value)) return ENCRYPTED;
  if (typeof value !== "object" || value === null || levels === 0) return value;
  if (Array.isArray(value)) return value.map((item) => sealed(item, levels - 1));
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, sealed(part, levels - 1)]));
}
