import { setTimeout as sleep } from "node:timers/promises";
import type { Api } from "../cluster/api.ts";
import { Unreachable } from "../cluster/transport.ts";
import type { Call } from "../../provider/resource.ts";
import type { Fields } from "../../provider/values/value.ts";
import { readinessOf } from "./readiness.ts";
import { reasonsOf } from "./reasons.ts";

/** Pause between two looks at an object, in milliseconds. */
const PAUSE = 250;
/** So often the Pods are asked what holds them up, in milliseconds. */
const REASONS_EVERY = 4000;
/** For so long the server may be gone while an object is awaited, in milliseconds: it may restart. */
const GONE = 60_000;
/** How long an object may take if neither it nor the program says, in seconds. */
const LIMIT = 600;

export interface Awaited {
  /** The object as it was seen last. */
  readonly live: Fields;
  /** Why it is not ready; empty if it is. */
  readonly problems: readonly string[];
}

/**
 * Looks at the object until it is ready, past hope or out of time, and shows how far it is. What was applied is there: where it
 * cannot be looked at, that is a problem of the object, and not a reason to forget it.
 */
export async function untilReady(
  api: Api,
  path: string,
  applied: Fields,
  call: Pick<Call, "timeout" | "progress">,
  cancel: AbortSignal,
): Promise<Awaited> {
  try {
    return await watched(api, path, applied, call, cancel);
  } catch (error) {
    return { live: applied, problems: [`'${applied.metadata.name}' cannot be watched: ${(error as Error).message}`] };
  }
}

/** Asks until the server answers. */
async function answered<T>(ask: () => Promise<T>, cancel: AbortSignal): Promise<T> {
  for (const start = Date.now(); ;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Unreachable) || cancel.aborted || Date.now() - start > GONE) throw error;
      await sleep(PAUSE, undefined, { signal: cancel }).catch(() => undefined);
    }
  }
}

async function watched(
  api: Api,
  path: string,
  applied: Fields,
  call: Pick<Call, "timeout" | "progress">,
  cancel: AbortSignal,
): Promise<Awaited> {
  const { annotations = {}, name } = applied.metadata;
  if (annotations["pulumi.com/skipAwait"] === "true") return { live: applied, problems: [] };
  const limit = (Number(annotations["pulumi.com/timeoutSeconds"]) || call.timeout || LIMIT) * 1000;
  const start = Date.now();
  let shown = "";
  let asked = start;
  let held = "";
  for (let live = applied; ;) {
    const waited = Date.now() - start;
    const now = live;
    const readiness = await answered(() => readinessOf(now, api, waited), cancel);
    if (readiness.is === "ready") {
      if (shown) call.progress("");
      return { live, problems: [] };
    }
    const { reason } = readiness;
    if (readiness.is === "failed") return { live, problems: [reason, ...(await reasonsOf(live, api))] };
    if (cancel.aborted || waited > limit) {
      const end = `'${name}' ${cancel.aborted ? "was cancelled" : "timed out"} waiting to be Ready`;
      return { live, problems: [end, reason, ...(await reasonsOf(live, api))] };
    }
    if (Date.now() - asked > REASONS_EVERY) {
      asked = Date.now();
      held = (await answered(() => reasonsOf(now, api), cancel))[0] ?? "";
    }
    const line = held ? `${reason}: ${held}` : reason;
    if (line !== shown) call.progress((shown = line));
    await sleep(PAUSE, undefined, { signal: cancel }).catch(() => undefined);
    const next = await answered(() => api.get(path), cancel);
    if (!next) return { live, problems: [`'${name}' was deleted by somebody else`] };
    live = next;
  }
}

/**
 * Looks until the object is gone, or another one of its name has taken its place.
 * @throws Error that says what holds it
 */
export async function untilGone(
  api: Api,
  path: string,
  object: Fields,
  call: Pick<Call, "timeout" | "progress">,
  cancel: AbortSignal,
): Promise<void> {
  const { name, uid } = object.metadata;
  const limit = (call.timeout || LIMIT) * 1000;
  const start = Date.now();
  for (let looks = 0; ; looks++) {
    const live = await answered(() => api.get(path), cancel);
    if (!live || (uid && live.metadata.uid !== uid)) return;
    if (cancel.aborted || Date.now() - start > limit) {
      const end = cancel.aborted ? "was cancelled" : "timed out";
      throw new Error([`'${name}' ${end} waiting to be deleted`, ...holdersOf(live)].join("; "));
    }
    if (looks === 0) call.progress("Resource scheduled for deletion");
    await sleep(PAUSE, undefined, { signal: cancel }).catch(() => undefined);
  }
}

function holdersOf({ metadata, status }: Fields): string[] {
  const conditions: Fields[] = status?.conditions ?? [];
  const told = conditions.filter(
    (condition) => condition.status === "True" && /Remaining|Failure/.test(condition.type),
  );
  const finalizers = metadata.finalizers?.length ? [`finalizers: ${metadata.finalizers.join(", ")}`] : [];
  return [...finalizers, ...told.map(({ message }) => String(message))];
}
