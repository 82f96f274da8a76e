import manifest from "../package.json" with { type: "json" };
import { didYouMean, type Problem } from "../lib/schema/problems.ts";

const { dependencies } = manifest;

/** Whose settings a stack file can hold besides the project's: the engine's, and those of the providers in use. */
const PROVIDERS = Object.keys(dependencies).flatMap((name) => /^@pulumi\w*\/(.+)$/.exec(name)?.[1] ?? []);
export const OTHERS = [...new Set(["pulumi", ...PROVIDERS])].filter((name) => name !== "policy");

/** Keys of a configuration whose namespace nobody reads: the settings under them would be ignored without a word. */
export function* unknownNamespaces(keys: readonly string[], project: string): Iterable<Problem> {
  for (const key of keys) {
    const [namespace = "", ...name] = key.split(":");
    if (name.length === 0 || [project, ...OTHERS].includes(namespace)) continue;
    const meant = isMeant(namespace, project) ? project : didYouMean(namespace, OTHERS);
    const hint =
      meant === undefined
        ? `there are ${[project, ...OTHERS].join(", ")}`
        : `did you mean ${[meant, ...name].join(":")}?`;
    yield { path: key, reason: `has a namespace that nothing in this program reads; ${hint}` };
  }
}

/**
 * The same where other programs' settings may stand beside ours, as those of an environment of Pulumi ESC: only what is
 * meant for this one.
 */
export const misspeltNamespaces = (keys: readonly string[], project: string): Problem[] =>
  [...unknownNamespaces(keys, project)].filter(({ path }) => isMeant(path.split(":", 1)[0] ?? "", project));

function isMeant(namespace: string, project: string): boolean {
  return (
    didYouMean(namespace, [project]) !== undefined ||
    namespace
      .toLowerCase()
      .split(/[-_./]/)
      .includes(project)
  );
}
