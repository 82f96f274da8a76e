import type { Rule } from "../../policies/engine/rule.ts";
import { describeRule } from "./describeRule.ts";
import { pods, type Described } from "./istioctlObjects.ts";

/** What holds for every rule by which labels have to be those of pods. */
export function describeSelecting(rule: Rule, selecting: (labels: object) => Described, path: string): void {
  const cart = { app: "cart", version: "v1" };
  describeRule(rule, {
    open: false,
    accepts: {
      "labels of pods": [selecting({ app: "cart" }), pods(cart)],
      "no labels": [selecting({}), pods(cart)],
      "any, where no pods are declared": [selecting({ app: "cart" })],
    },
    refuses: {
      "labels of no pods": [[selecting({ app: "kart" }), pods(cart)], `0 ${path}`],
      "one label too many": [[selecting({ app: "cart", version: "v2" }), pods(cart)], `0 ${path}`],
      "labels of pods elsewhere": [[selecting({ app: "cart" }), pods(cart, "other")], `0 ${path}`],
    },
  });
}
