import type { Rule } from "../rule";
import { analysisRules } from "./analysis";
import { eksRules } from "./eks";
import { kialiRules } from "./kiali";
import { practiceRules } from "./practice";
import { validationRules } from "./validation";

export const rules: readonly Rule[] = [
  ...validationRules,
  ...analysisRules,
  ...kialiRules,
  ...practiceRules,
  ...eksRules,
];
