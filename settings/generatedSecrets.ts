import { addonList } from "../components/observability/addons.ts";
import { oauth2Proxy } from "../components/observability/addons/oauth2Proxy.ts";
import type { Path } from "../lib/schema/problems.ts";
import { mapOf } from "../lib/untrusted.ts";
import type { Draft } from "./draft.ts";

/** A secret that nobody has to think up. */
export interface GeneratedSecret {
  readonly path: Path;
  /** What it is for, in the words of a message. */
  readonly what: string;
  /** Whether a stack has a use for it. */
  readonly isNeeded: (draft: Draft) => boolean;
}

/** How many letters they have: as Kiali's key and the login's one of 16, 24 and 32. */
export const GENERATED_LENGTH = 32;

const { key, what } = oauth2Proxy.secret;

export const generatedSecrets: readonly GeneratedSecret[] = [
  ...addonList.flatMap(({ name, secret }) =>
    secret
      ? [
          {
            path: ["observability", name, secret.key],
            what: secret.what,
            isNeeded: (draft: Draft) => draft.hasTool(name),
          },
        ]
      : [],
  ),
  { path: ["observability", "exposure", "login", key], what, isNeeded: (draft) => draft.login !== undefined },
];

/** Those that a stack needs and does not have. `make up` and `make preview` make them, once. */
export function missingSecrets(draft: Draft): readonly GeneratedSecret[] {
  return generatedSecrets.filter(({ path: [, ...keys], isNeeded }) => {
    const value = keys.reduce<unknown>((part, each) => mapOf(part)[String(each)], draft.section("observability"));
    return isNeeded(draft) && value === undefined;
  });
}
