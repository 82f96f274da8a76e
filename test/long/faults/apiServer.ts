// The testbed's API server, ended and started again as a manager of services would.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sleep, until } from "../../../lib/process.ts";
import { apiAnswers } from "../../../testbed/node/controlPlane.ts";
import { startInNode } from "../../../testbed/node/namespaces.ts";
import type { Ground } from "./ground.ts";

const NAME = "kube-apiserver";

/** Ends it, leaves it down for so many seconds, and waits until it answers again. */
export async function restartApiServer({ instance, kubernetes }: Ground, seconds: number): Promise<void> {
  const { pid, args } = apiServer(instance.folder);
  process.kill(pid, "SIGKILL");
  await sleep(seconds * 1000);
  startInNode(instance, NAME, join(kubernetes, NAME), args);
  await until("the API server", 60, () => apiAnswers(instance, { kubernetes }));
}

/** That of this testbed: no other one has its folder in its arguments. */
function apiServer(folder: string): { readonly pid: number; readonly args: string[] } {
  for (const pid of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    const [program = "", ...args] = commandOf(pid);
    if (program.endsWith(`/${NAME}`) && args.some((arg) => arg.includes(`${folder}/`)))
      return { pid: Number(pid), args };
  }
  throw new Error("the testbed has no API server");
}

function commandOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").slice(0, -1);
  } catch {
    return []; // It has just ended.
  }
}
