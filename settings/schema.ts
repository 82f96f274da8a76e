import type { z } from "zod";
import { profiles } from "../components/profile";
import { applications } from "./applications";
import { bookinfo } from "./bookinfo";
import { cluster } from "./cluster";
import { clusterCombinations } from "./clusterCombinations";
import { combinations } from "./combinations";
import * as field from "../lib/schema/fields";
import { istio } from "./istio";
import { scenario } from "./scenario";
import { scopes } from "./scope";
import { traffic, trafficCombinations } from "./traffic";

/** All that a stack file can say about this project. */
export const schema = field
  .section({
    profile: field.oneOf(profiles).default("demo"),
    scope: field.oneOf(scopes).default("all"),
    cluster: cluster.prefault({}),
    istio: istio.prefault({}),
    bookinfo: bookinfo.prefault({}),
    applications: applications.default({}),
    traffic: traffic.default({}),
    scenario: scenario.default("none"),
  })
  .superRefine((settings, context) => {
    for (const { path, reason } of [
      ...combinations(settings),
      ...clusterCombinations(settings),
      ...trafficCombinations(settings),
    ]) {
      context.addIssue({ code: "custom", path: [...path], message: reason });
    }
  }, field.always);

/** The settings of a stack, checked, with the defaults that do not depend on the profile. */
export type Settings = z.output<typeof schema>;
