import { operationMethodKnown } from "../../../../policies/rules/authorization-policy/operation-method-known.ts";
import { describeRule } from "../../describeRule.ts";
import { authorizationPolicy } from "../../kialiObjects.ts";

const to = (...list: string[]) => authorizationPolicy({ rules: [{ to: [{ operation: { methods: list } }] }] });
const methods = (index: number) => `spec.rules[0].to[0].operation.methods[${index}]`;

describeRule(operationMethodKnown, {
  accepts: {
    methods: [to("GET", "post", " PUT ")],
    patterns: [to("*", "GE*", "*ET")],
  },
  refuses: {
    "other words": [[to("GET", "READ", "")], methods(1), methods(2)],
    "patterns that fit none": [[to("READ*", "*READ", "*E*", "**")], methods(0), methods(1), methods(2), methods(3)],
  },
});
