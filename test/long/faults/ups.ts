// Runs that are killed, and runs that meet.
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dump } from "js-yaml";
import { expect } from "vitest";
import { sleep, until } from "../../../lib/process.ts";
import type { Clone } from "../../e2e/clone.ts";
import type { Fault } from "./fault.ts";
import { said } from "./fault.ts";
import { CONTEXT, type Ground } from "./ground.ts";
import { holdsTogether } from "./inventory.ts";

/** Moments of a run, by what it has printed and how long ago, in milliseconds. */
const MOMENTS: readonly (readonly [words: RegExp, count: number, later: number])[] = [
  [/Previewing update/, 1, 0],
  [/Previewing update/, 1, 1500],
  [/Updating/, 1, 0],
  [/creating|created/, 1, 0],
  [/creating|created/, 3, 150],
  [/creating|created/, 5, 300],
  [/creating|created/, 2, 1000],
  [/creating|created/, 8, 50],
  [/creating|created/, 4, 3000],
  [/creating|created/, 12, 700],
];

/** Starts `make up`, kills it with all that it has started at the moment, and says how far it was. */
async function killedUp({ clone }: Ground, [words, count, later]: (typeof MOMENTS)[number]): Promise<string> {
  const { process: make, output, done } = clone.start("up", CONTEXT);
  const lines = () =>
    output()
      .split("\n")
      .filter((line) => words.test(line)).length;
  await until(`${count} lines with ${String(words)}`, 180, () => make.exitCode !== null || lines() >= count, 20);
  await sleep(later);
  const isDone = make.exitCode !== null;
  if (!isDone) process.kill(-(make.pid ?? NaN), "SIGKILL");
  await done;
  if (isDone) throw new Error(`make up ended before it was killed at ${String(words)}:\n${output()}`);
  return output();
}

export const killed: Fault = {
  id: "killed",
  withoutMesh: true,
  what: "`make up` is killed, with all that it has started, at ten different moments, and run again each time",
  ends: "the eleventh run goes to its end: the state knows all that is in the cluster, nothing is there twice, a preview with refresh has no changes",
  run: async (ground) => {
    const outputs: string[] = [];
    for (const moment of MOMENTS) outputs.push(await killedUp(ground, moment));
    const { output } = await ground.up();
    const resources = await holdsTogether(ground, ground.clone, "local");
    return {
      sees: said([...outputs, output].join("\n"), /the last run was interrupted; .*/),
      measured: `${MOMENTS.length} kills, ${resources} resources, 0 lost, 0 doubled`,
    };
  },
};

export const together: Fault = {
  id: "together",
  what: "Two `make up` at once in one checkout",
  ends: "the second waits for the first, and has nothing left to do",
  run: async (ground) => {
    const runs = [ground.clone.start("up", CONTEXT), ground.clone.start("up", CONTEXT)];
    const ended = await Promise.all(runs.map(({ done }) => done));
    expect(ended.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    for (const { output } of ended) expect(output).toMatch(/Resources:\s+\d+ unchanged/);
    return {
      sees: said(ended.map(({ output }) => output).join("\n"), /another run uses .*/),
      measured: "2 of 2 runs ended well",
    };
  },
};

const TEAM = "team";

/** A stack of a team, in two checkouts with one backend. */
export const elsewhere: Fault = {
  id: "elsewhere",
  withoutMesh: true,
  what: "`make up` for a team's stack while it runs in another checkout",
  ends: "the second is refused before anything changes; the first goes on and ends well",
  run: async (ground) => {
    const [one, other] = await teamOf(ground);
    const first = one.start("up", `STACK=${TEAM}`);
    await until(
      "the first to be at work",
      120,
      () => first.output().includes("Updating") || first.process.exitCode !== null,
    );
    const second = await other.make("up", `STACK=${TEAM}`);
    expect(second.exitCode).not.toBe(0);
    expect((await first.done).exitCode, first.output()).toBe(0);
    await holdsTogether(ground, one, TEAM);
    return { sees: said(second.output, /\S+ has the stack .*/), measured: "1 of 2 runs refused, 0 doubled" };
  },
};

export const locked: Fault = {
  id: "locked",
  withoutMesh: true,
  what: "A run of a team's stack was killed, and its lock is left in the backend",
  ends: "the next run is refused, also in another checkout, until the stack is unlocked; then it puts in order what was left",
  run: async (ground) => {
    const [one, other] = await teamOf(ground);
    await one.makeWell("up", `STACK=${TEAM}`);
    const { process: make, output, done } = one.start("pulumi", `STACK=${TEAM}`, "ARGS=refresh --yes --skip-preview");
    await until("the refresh", 60, () => output().includes("Refreshing"));
    process.kill(-(make.pid ?? NaN), "SIGKILL");
    await done;
    const refused = await other.make("up", `STACK=${TEAM}`);
    expect(refused.exitCode).not.toBe(0);
    await other.makeWell("pulumi", `STACK=${TEAM}`, "ARGS=cancel --yes");
    await other.makeWell("up", `STACK=${TEAM}`);
    await holdsTogether(ground, other, TEAM);
    return {
      sees: said(refused.output, /the run that has the stack .*/),
      measured: "1 run refused, 0 lost, 0 doubled",
    };
  },
};

/** The checkouts of the team, which share the stack's file and its backend. */
let team: Promise<readonly [Clone, Clone]> | undefined;
function teamOf(ground: Ground): Promise<readonly [Clone, Clone]> {
  return (team ??= (async () => {
    const env = { PULUMI_BACKEND_URL: `file://${ground.folder("backend")}`, PULUMI_CONFIG_PASSPHRASE: "of the team" };
    const [one, other] = [await ground.another(env), await ground.another(env)];
    const file = (clone: Clone) => join(clone.folder, `Pulumi.${TEAM}.yaml`);
    const settings = { ...ground.settings(), "mesh:cluster": { kubeconfig: ground.instance.kubeconfig } };
    writeFileSync(file(one), dump({ config: settings }));
    // Without levels of its own, a stack gets the strict ones.
    const levels = (clone: Clone, stack: string) => join(clone.folder, `policies/config/${stack}.json`);
    for (const clone of [one, other]) cpSync(levels(clone, "local"), levels(clone, TEAM));
    await one.makeWell("init", `STACK=${TEAM}`);
    cpSync(file(one), file(other));
    return [one, other] as const;
  })());
}
