import { describe, expect, it } from "vitest";
import { load, loadAll } from "js-yaml";
import { kindOf, Mesh, type MeshObject } from "../../../policies/model/mesh.ts";
import { rules } from "../../../policies/rules/index.ts";
import { settingsProblems } from "../../../settings/parse.ts";
import { judgedIn } from "../../policies/judgedIn.ts";
import { meshObject } from "../../policies/judge.ts";
import { generated, keyed, runProgram, someKubeconfig } from "../../wholeProgram.ts";
import { inStackFile } from "../stackFile.ts";
import { acrossTheStack } from "./acrossTheStack.ts";
import { inOneHost } from "./inOneHost.ts";
import type { Mistake } from "./mistake.ts";

const mistakes: readonly Mistake[] = [...inOneHost, ...acrossTheStack];

/** The settings of a row, with the mistake or without. */
const settingsOf = ({ beside = "{}" }: Mistake, traffic: string) => ({
  ...(loadAll(beside)[0] as object | undefined),
  traffic: load(traffic) as object,
});

const wordsOf = (settings: object) =>
  settingsProblems(inStackFile(settings)).map(({ path, reason }) => ({ path: path.replace(/^mesh:/, ""), reason }));

const kubeconfig = someKubeconfig();

/** The objects that the program declares, read as for one run of a rule. */
async function declare(settings: object) {
  const config = keyed({ cluster: { kubeconfig }, observability: generated, ...settings });
  const { resources } = await runProgram(config, /./);
  return () =>
    resources.flatMap(({ type, name, inputs }) => (kindOf(type) === undefined ? [] : [meshObject(type, name, inputs)]));
}

describe("traffic that cannot work", () => {
  it("has its name once", () => {
    expect(new Set(mistakes.map(({ mistake }) => mistake)).size).toBe(mistakes.length);
  });

  it.each(mistakes.filter(({ stoppedBy }) => "path" in stoppedBy))("is refused: $mistake", (row) => {
    const problems = wordsOf(settingsOf(row, row.traffic));
    expect(problems.map(({ path }) => path)).toEqual(["path" in row.stoppedBy && row.stoppedBy.path]);
    expect(problems[0]?.reason).toMatch(row.says);
  });

  it.each(mistakes)("is near to what is right: $mistake", (row) => {
    expect(wordsOf(settingsOf(row, row.right))).toEqual([]);
  });

  it.each(mistakes.filter(({ stoppedBy }) => "rule" in stoppedBy))("is hinted at: $mistake", async (row) => {
    const { rule, at } = row.stoppedBy as { rule: string; at: string };
    const wrong = await declare(settingsOf(row, row.traffic));
    const isOn = (level: string) => level !== "disabled";
    expect(judgedIn("local", wrong, isOn)).toEqual([`${rule}: ${at}`]);
    expect(messagesOf(rule, wrong())).toEqual([expect.stringMatching(row.says)]);
    expect(judgedIn("local", await declare(settingsOf(row, row.right)), isOn)).toEqual([]);
  });
});

/** What a rule says of the objects. */
function messagesOf(id: string, objects: readonly MeshObject[]): string[] {
  const rule = rules.find((each) => each.id === id);
  if (rule === undefined) throw new Error(`there is no rule ${id}`);
  const findings =
    "check" in rule
      ? objects.filter(({ kind }) => rule.kinds.includes(kind)).flatMap((object) => [...rule.check(object)])
      : [...rule.checkMesh(new Mesh(objects, { open: true }))];
  return findings.map(({ message }) => message);
}
