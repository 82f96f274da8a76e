import * as pulumi from "@pulumi/pulumi";
import { wrongSettings } from "./lib/schema/problems.ts";
import { DEFAULT_TAGS } from "./settings/defaultTags.ts";
import { misspeltNamespaces } from "./settings/namespaces.ts";
import { decoded, parseSettings } from "./settings/parse.ts";
import { REGION } from "./settings/region.ts";
import { resolved, type Settings } from "./settings/resolved.ts";

export type { Settings } from "./settings/resolved.ts";

// The SDK exports it, but not its type.
const { isConfigSecret } = pulumi.runtime as typeof pulumi.runtime & { isConfigSecret: (key: string) => boolean };

/**
 * The settings of the stack, checked before anything is created.
 *
 * @throws pulumi.RunError that lists everything that is wrong, each with its path in the stack file
 */
export function loadSettings(): Settings {
  const project = pulumi.getProject();
  const config = pulumi.runtime.allConfig();
  const keys = Object.entries(config).filter(([key]) => key.startsWith(`${project}:`));
  const name = (key: string) => key.slice(project.length + 1);

  const parsed = parseSettings(Object.fromEntries(keys.map(([key, value]) => [name(key), decoded(value)])), {
    secretKeys: new Set(keys.flatMap(([key]) => (isConfigSecret(key) ? [name(key)] : []))),
    project,
    stack: pulumi.getStack(),
    madeBy: pulumi.getStack() === "local" ? "make up" : `make init STACK=${pulumi.getStack()}`,
    region: config[REGION],
    defaultTags: config[DEFAULT_TAGS],
  });
  const problems = [
    ...misspeltNamespaces(Object.keys(config), project),
    ...("problems" in parsed ? parsed.problems : []),
  ];
  if ("settings" in parsed && problems.length === 0) {
    return resolved(parsed.settings, { project, stack: pulumi.getStack(), region: config[REGION] ?? "" });
  }
  throw new pulumi.RunError(wrongSettings(`Pulumi.${pulumi.getStack()}.yaml`, problems));
}
