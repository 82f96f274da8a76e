import { setTimeout as sleep } from "node:timers/promises";
import type { Api } from "../cluster/api.ts";
import { readinessOf } from "../objects/readiness.ts";
import { reasonsOf } from "../objects/reasons.ts";
import type { Fields } from "../../provider/values/value.ts";
import { readStored } from "./stored.ts";

/** Pause between two lines of progress, in milliseconds. */
const PAUSE = 2000;
const WORKLOADS = new Set(["DaemonSet", "Deployment", "Job", "StatefulSet"]);

/** Helm says only that time ran out: the Pods of the release know why. */
export async function troublesOf(api: Api, objects: readonly Fields[]): Promise<string[]> {
  const reasons = await Promise.all((await liveWorkloads(api, objects)).map((live) => reasonsOf(live, api)));
  return reasons.flat();
}

/** While helm waits without a word, shows which workload of the release it waits for; ends with the signal. */
export async function showProgress(
  api: Api,
  namespace: string,
  name: string,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let shown = "";
  try {
    for (;;) {
      await sleep(PAUSE, undefined, { signal });
      const line = await lineOf(api, namespace, name);
      if (line !== shown) progress((shown = line));
    }
  } catch {
    // Aborted; or progress cannot be had, which is a pity and no more: helm's own error will say enough.
  }
}

async function lineOf(api: Api, namespace: string, name: string): Promise<string> {
  const release = await readStored(api, namespace, name);
  for (const live of await liveWorkloads(api, release?.objects ?? [])) {
    const readiness = await readinessOf(live, api, 0);
    if (readiness.is === "ready") continue;
    const [reason] = await reasonsOf(live, api);
    return `${live.kind} ${live.metadata.name}: ${readiness.reason}${reason ? `: ${reason}` : ""}`;
  }
  return "";
}

async function liveWorkloads(api: Api, objects: readonly Fields[]): Promise<Fields[]> {
  const workloads = objects.filter(({ kind }) => WORKLOADS.has(kind));
  const live = await Promise.all(workloads.map(async (object) => api.get((await api.locate(object)).path)));
  return live.filter((object) => object !== undefined);
}
