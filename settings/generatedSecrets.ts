import { addonList, type AddonName } from "../components/observability/addons.ts";
import type { Path } from "../lib/schema/problems.ts";
import { mapOf } from "../lib/untrusted.ts";
import type { Draft } from "./draft.ts";

/** A secret that nobody has to think up. */
export interface GeneratedSecret {
  readonly path: Path;
  /** What it is for, in the words of a message. */
  readonly what: string;
  readonly tool: AddonName;
}

/** How many letters they have: as Kiali's key one of 16, 24 and 32. */
export const GENERATED_LENGTH = 32;

export const generatedSecrets: readonly GeneratedSecret[] = addonList.flatMap(({ name, secret }) =>
  secret ? [{ path: ["observability", name, secret.key], what: secret.what, tool: name }] : [],
);

/** Those that a stack needs and does not have. `make up` and `make preview` make them, once. */
export function missingSecrets(draft: Draft): readonly GeneratedSecret[] {
  return generatedSecrets.filter(({ path: [, tool, key], tool: name }) => {
    const value = mapOf(draft.section("observability")[String(tool)])[String(key)];
    return draft.hasTool(name) && value === undefined;
  });
}
