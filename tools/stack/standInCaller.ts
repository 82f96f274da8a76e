import { isClusterAdmin } from "../../components/cluster/eks/choices.ts";
import { mapOf } from "../../lib/untrusted.ts";
import { settingsByName } from "../../settings/parse.ts";
import { CALLER_VARIABLE } from "../../testbed/pulumi/aws/functions.ts";
import type { Config } from "./keptSecrets.ts";

/**
 * Who runs the program where AWS is stood in for: whoever the user names, else somebody whom the stack's cluster lets in, so
 * that a preview does not fail for want of a session.
 */
export function standInCaller(config: Config, chosen = process.env[CALLER_VARIABLE]): Record<string, string> {
  if (chosen !== undefined && chosen !== "") return { [CALLER_VARIABLE]: chosen };
  const { access, kubeconfigRole } = mapOf(mapOf(settingsByName(config).cluster).eks);
  const principal = kubeconfigRole ?? Object.values(mapOf(access)).map(mapOf).find(isClusterAdmin)?.principal;
  return typeof principal === "string" ? { [CALLER_VARIABLE]: principal } : {};
}
