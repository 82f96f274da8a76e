import type { z } from "zod";
import { profiles } from "../components/profile";
import { applications } from "../components/application/applicationSchema";
import { bookinfo } from "../components/bookinfo/bookinfoSchema";
import { cluster } from "../components/cluster/clusterSchema";
import { clusterCombinations } from "./clusterCombinations";
import { combinations } from "./combinations";
import * as field from "../lib/schema/fields";
import { Draft } from "./draft";
import { ipv6Combinations } from "./ipv6Combinations";
import { istio } from "../components/istio/schema/istio";
import { observability } from "../components/observability/observabilitySchema";
import { observabilityCombinations } from "./observabilityCombinations";
import { scenario } from "./scenario";
import { telemetry } from "../components/telemetry/telemetrySchema";
import { traffic } from "../components/traffic/trafficSchema";
import { telemetryCombinations } from "./telemetry";
import { scopes } from "./scope";
import { trafficCombinations } from "./traffic";
import { trafficFiles } from "./trafficFiles";

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
    const draft = new Draft(settings);
    for (const { path, reason } of found.flatMap((rules) => [...rules(draft)])) {
      context.addIssue({ code: "custom", path: [...path], message: reason });
    }
  }, field.always);

/** The settings of a stack, checked, with the defaults that do not depend on the profile. */
export type ParsedSettings = z.output<typeof schema>;
