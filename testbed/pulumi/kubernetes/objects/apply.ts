import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { NoMatch } from "../cluster/api.ts";
import { ApiError } from "../cluster/transport.ts";
import type { Fields } from "../../provider/values/value.ts";

/** A field manager of one object: it owns what our program says of it. */
export const newFieldManager = (): string => `pulumi-kubernetes-${randomBytes(4).toString("hex")}`;

/** Something that the object needs is not there, and may still come: its kind's definition, or its namespace. */
export const isEarly = (error: unknown): boolean =>
  error instanceof NoMatch ||
  (error instanceof ApiError && error.status === 404 && error.body.details?.kind === "namespaces");

const isWebhookDown = (error: unknown): boolean =>
  error instanceof ApiError && error.status === 500 && error.message.includes("failed calling webhook");

/** Pauses between attempts in milliseconds: 15 seconds in all. */
const PAUSES = [500, 1000, 2000, 4000, 7500];

/** Tries again where a definition or namespace is about to come, or a webhook about to start. */
export async function patiently<T>(act: () => Promise<T>, progress: (line: string) => void): Promise<T> {
  for (const [index, pause] of PAUSES.entries()) {
    try {
      return await act();
    } catch (error) {
      if (!isEarly(error) && !isWebhookDown(error)) throw error;
      progress(`Retry #${index}; creation failed: ${(error as Error).message}`);
      await sleep(pause);
    }
  }
  return act();
}

/** The conflicts over fields that made the server refuse an apply. */
function conflictsOf(error: unknown): string[] {
  if (!(error instanceof ApiError) || error.status !== 409) return [];
  const causes: Fields[] = error.body.details?.causes ?? [];
  return causes.filter(({ reason }) => reason === "FieldManagerConflict").map(({ message }) => String(message));
}

/** Whether every field in conflict was set by hand, with kubectl. */
export function isOverKubectl(error: unknown): boolean {
  const conflicts = conflictsOf(error);
  return conflicts.length > 0 && conflicts.every((conflict) => conflict.startsWith('conflict with "kubectl'));
}

const CONFLICT_HELP =
  "https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/" +
  "#handle-field-conflicts-on-existing-resources";

/** The error in the real plugin's words, which people search for. */
export function explain(error: Error, manager: string): string {
  if (conflictsOf(error).length === 0) return error.message;
  const conflict = `The resource managed by field manager "${manager}" had an apply conflict: ${error.message}`;
  return `server-side apply field conflict detected, see ${CONFLICT_HELP} for troubleshooting help\n${conflict}`;
}
