import type { z } from "zod";
import { profiles } from "../components/profile.ts";
import { applications } from "./applications.ts";
import { bookinfo } from "./bookinfo.ts";
import { cluster } from "./cluster.ts";
import { clusterCombinations } from "./clusterCombinations.ts";
import { combinations } from "./combinations.ts";
import * as field from "../lib/schema/fields.ts";
import { ipv6Combinations } from "./ipv6.ts";
import { istio } from "./istio.ts";
import { observability } from "./observability.ts";
import { observabilityCombinations } from "./observabilityCombinations.ts";
import { scenario } from "./scenario.ts";
import { telemetry, telemetryCombinations } from "./telemetry.ts";
import { scopes } from "./scope.ts";
import { traffic, trafficCombinations } from "./traffic.ts";
import { trafficFiles } from "./trafficFiles.ts";

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
    trafficFiles: trafficFiles.default([]),
    telemetry: telemetry.prefault({}),
    observability: observability.prefault({}),
    scenario: scenario.default("none"),
  })
  .superRefine((settings, context) => {
    const found = [
      combinations,
      clusterCombinations,
      ipv6Combinations,
      trafficCombinations,
      telemetryCombinations,
      observabilityCombinations,
    ];
    for (const { path, reason } of found.flatMap((rules) => [...rules(settings)])) {
      context.addIssue({ code: "custom", path: [...path], message: reason });
    }
  }, field.always);

/** The settings of a stack, checked, with the defaults that do not depend on the profile. */
export type Settings = z.output<typeof schema>;
