import type { z } from "zod";
import { profiles } from "../components/profile.ts";
import { applications } from "../components/application/applicationSchema.ts";
import { bookinfo } from "../components/bookinfo/bookinfoSchema.ts";
import { cluster } from "../components/cluster/clusterSchema.ts";
import { clusterCombinations } from "./clusterCombinations.ts";
import { combinations } from "./combinations.ts";
import * as field from "../lib/schema/fields.ts";
import { Draft } from "./draft.ts";
import { imageCombinations, images } from "./images.ts";
import { ipv6Combinations } from "./ipv6Combinations.ts";
import { istio } from "../components/istio/schema/istio.ts";
import { observability } from "../components/observability/observabilitySchema.ts";
import { observabilityCombinations } from "./observabilityCombinations.ts";
import { scenario } from "./scenario.ts";
import { security } from "../components/security/securitySchema.ts";
import { securityCombinations } from "./securityCombinations.ts";
import { rateLimitService } from "../components/traffic/rateLimit/service/serviceOptions.ts";
import { telemetry } from "../components/telemetry/telemetrySchema.ts";
import { traffic } from "../components/traffic/hostTrafficOptions.ts";
import { telemetryCombinations } from "./telemetry.ts";
import { scopes } from "./scope.ts";
import { rateLimitCombinations } from "./rateLimits.ts";
import { trafficCombinations } from "./traffic.ts";
import { trafficFiles } from "./trafficFiles.ts";

/** All that a stack file can say about this project. */
export const schema = field
  .section({
    profile: field.oneOf(profiles).default("demo"),
    scope: field.oneOf(scopes).default("all"),
    cluster: cluster.prefault({}),
    istio: istio.prefault({}),
    images: images.prefault({}),
    bookinfo: bookinfo.prefault({}),
    applications: applications.default({}),
    traffic: traffic.default({}),
    trafficFiles: trafficFiles.default([]),
    rateLimitService: rateLimitService.prefault({}),
    security: security.prefault({}),
    telemetry: telemetry.prefault({}),
    observability: observability.prefault({}),
    scenario: scenario.default("none"),
  })
  .superRefine((settings, context) => {
    const found = [
      combinations,
      clusterCombinations,
      imageCombinations,
      ipv6Combinations,
      trafficCombinations,
      rateLimitCombinations,
      securityCombinations,
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
