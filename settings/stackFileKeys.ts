import { didYouMean, kindOf, pathText, type Path, type Problem } from "../lib/schema/problems.ts";
import { problemPlace, type YamlProblem } from "../lib/yaml/values.ts";
import { mapOf, type Untrusted } from "../lib/untrusted.ts";
import { schema } from "./schema.ts";

/** What Pulumi itself keeps in the file of a stack, beside the configuration. */
export const ENGINE_KEYS = ["environment", "secretsprovider", "encryptedkey", "encryptionsalt"] as const;

const KEYS: readonly string[] = ["config", ...ENGINE_KEYS];

/** The settings in the file of a stack, and what stands beside them and would be ignored. */
export function configOf(
  document: unknown,
  project = "mesh",
): { readonly config: Untrusted; readonly problems: readonly Problem[] } {
  // An empty file is what `pulumi stack init` and a file of comments alone come to.
  if (document === null) return { config: {}, problems: [] };
  if (kindOf(document) !== "a map") {
    const reason = `must be a map, with the settings under config; it is ${kindOf(document)}`;
    return { config: {}, problems: [{ path: "the file", reason }] };
  }
  const { config = null } = mapOf(document);
  const problems = Object.keys(mapOf(document)).flatMap((key) => (KEYS.includes(key) ? [] : [misplaced(key, project)]));
  if (config !== null && kindOf(config) !== "a map") {
    const reason = `must be a map of settings, such as ${project}:profile: demo; it is ${kindOf(config)}`;
    problems.push({ path: "config", reason });
  }
  return { config: mapOf(config), problems };
}

function misplaced(key: string, project: string): Problem {
  const path = pathText([key]);
  if (key.includes(":")) return { path: key, reason: "stands outside of config: indent it below config:" };
  if (Object.hasOwn(schema.shape, key)) {
    return { path, reason: `stands outside of config: write it as ${project}:${key}, indented below config:` };
  }
  const meant = didYouMean(key, KEYS);
  const hint = meant === undefined ? `there are ${KEYS.join(", ")}` : `did you mean ${meant}?`;
  return { path, reason: `is no key of a stack file; ${hint}` };
}

/** All that keeps the file of a stack from being read, in the words of one error. */
export function unreadable(file: string, problems: readonly YamlProblem[]): string {
  const lines = problems.map((problem) => `  ${problemPlace(problem, inStackFile) || "it"} ${problem.reason}`);
  return [`${file} cannot be read as it stands:`, ...lines].join("\n");
}

/** A path from the top of a stack file, as the messages about settings write it. */
function inStackFile(path: Path): string {
  const [top, key, ...rest] = path;
  if (top !== "config" || typeof key !== "string") return pathText(path);
  const [, namespace = "", name = key] = /^([^:]*:)(.*)$/s.exec(key) ?? [];
  return `${namespace}${pathText([name, ...rest])}`;
}
