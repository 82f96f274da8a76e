import type { ObjectRule } from "../../engine/rule.ts";
import { at } from "../../values/verdicts.ts";
import { valueMismatches } from "./lib/envoyValues.ts";

export const envoyTakesPatch: ObjectRule = {
  id: "envoy-takes-patch",
  title: "A patch of an EnvoyFilter has the fields that Envoy requires, with values that it accepts.",
  rationale:
    "istiod does not check them, and the proxies reject the whole listener, cluster or route configuration, with what else is new in it.",
  remediation: "Set the field that the finding names, to a value within its bounds.",
  severity: "high",
  codes: [],
  kinds: ["EnvoyFilter"],

  *check(object) {
    for (const patch of object.spec.at("configPatches").items()) {
      for (const { field, topic, message } of valueMismatches(object, patch)) {
        if (topic === "not taken") yield at(field, message);
      }
    }
  },
};
