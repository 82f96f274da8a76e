// Small programs that run in pods of the testbed, whose stand-in images have Node, and print one JSON value a line.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { goPrograms } from "../../testbed/goPrograms.ts";
import { kubectlArgs } from "../../testbed/kubectlArgs.ts";
import type { Stack } from "../stack/stack.ts";
import { instanceOf, type TestbedTarget } from "../stack/target.ts";

/** Where a program runs. */
export interface Place {
  readonly deployment: string;
  readonly container: string;
  /** @default - Bookinfo's */
  readonly namespace?: string;
}

export interface Running<T> {
  /** What it has printed until now. */
  readonly lines: readonly T[];
  /** Waits until it ends by itself. */
  ended(): Promise<readonly T[]>;
  /** Ends its standard input, on which it has to end, and waits for it. */
  end(): Promise<readonly T[]>;
}

/** Starts a program in a pod. */
export async function startInPod<T>(
  stack: Stack,
  { deployment, container, namespace = "bookinfo" }: Place,
  program: string,
): Promise<Running<T>> {
  const kubectl = join(await goPrograms("kubernetes"), "kubectl");
  const { kubeconfig } = instanceOf(stack.target as TestbedTarget);
  const pod = ["exec", "-i", "-n", namespace, `deployment/${deployment}`, "-c", container];
  const child = spawn(kubectl, kubectlArgs(kubeconfig, ...pod, "--", "node", "-e", program), {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines: T[] = [];
  let rest = "";
  child.stdout.on("data", (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts.map((line) => JSON.parse(line) as T));
  });
  const ended = new Promise<readonly T[]>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => {
      resolve(lines);
    });
  });
  return {
    lines,
    ended: () => ended,
    end: () => {
      child.stdin.end();
      return ended;
    },
  };
}
