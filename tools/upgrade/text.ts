// A plan as the pull requests that it would be.
import { isTooFar } from "../../components/istio/upgradeSteps.ts";
import { unifiedDiff } from "./diff.ts";
import { edited } from "./editStackFile.ts";
import type { UpgradePlan, UpgradeStep } from "./plan.ts";

/**
 * @param file name of the stack file
 * @param text of it, as it is
 * @param chosen what a command needs to mean the stack, e.g. ` STACK=prod`
 */
export function planText({ from, to, done, steps }: UpgradePlan, file: string, text: string, chosen: string): string {
  const total = done.length + steps.length;
  const parts = [
    `Istio ${from} to ${to} in ${steps.length} pull request${steps.length === 1 ? "" : "s"}, each for ${file}. Nothing is changed by this plan.`,
    ...(done.length > 0
      ? [`Done already:\n${done.map((title, at) => `  ${at + 1}/${total} ${title}`).join("\n")}`]
      : []),
    ...(done.length <= 1 && !isTooFar(from, to, "inPlace")
      ? [
          `It also goes in place, as one change, version: ${to}: then all gateways and Pods are rolled in one run, and so is the way back.`,
        ]
      : []),
  ];
  let before = text;
  for (const [index, step] of steps.entries()) {
    const after = edited(before, step.changes);
    parts.push(stepText(step, `${done.length + index + 1}/${total}`, unifiedDiff(file, before, after), chosen));
    before = after;
  }
  return parts.join("\n\n");
}

function stepText({ title, effect, checks, back }: UpgradeStep, number: string, diff: string, chosen: string): string {
  return [
    `== ${number} ${title} ==`,
    effect,
    "",
    diff,
    "",
    "Check:",
    ...[`make preview${chosen}`, `make up${chosen} && make verify${chosen}`, ...checks].map((line) => `  ${line}`),
    `Way back: revert this change, then make up${chosen} && make verify${chosen}.${back === undefined ? "" : ` ${back}`}`,
  ].join("\n");
}
