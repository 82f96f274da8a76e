import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema.js";
import type { ObjectRule } from "../../engine/rule.ts";
import { DRY_RUN, dryRunOf } from "./lib/dryRun.ts";

/** Of days. */
const STANDARD = 30;

const DAY = 24 * 60 * 60 * 1000;

const days: PolicyConfigJSONSchema = {
  type: "integer",
  minimum: 1,
  description: "For how many days an AuthorizationPolicy may be in dry run.",
  default: STANDARD,
};

export const dryRunEnds: ObjectRule = {
  id: "dry-run-ends",
  title: "An AuthorizationPolicy stays in dry run for a limited time.",
  rationale:
    "A policy in dry run only counts what it would deny, so whoever reads it takes for protected what is open to everybody.",
  remediation:
    "Remove the annotation istio.io/dry-run to enforce the policy, remove the policy, or raise the rule's setting days.",
  severity: "medium",
  environment: true,
  codes: [],
  settings: { days },
  kinds: ["AuthorizationPolicy"],

  // Istio: isDryRun in pilot/pkg/security/authz/builder/builder.go. Only what a cluster answered has the time of its creation.
  *check(object, settings) {
    const { annotations, metadata } = object;
    if (dryRunOf(object) !== true) return;
    const created = Date.parse(metadata.at("creationTimestamp").string() ?? "");
    const limit = typeof settings?.days === "number" ? settings.days : STANDARD;
    if (Number.isNaN(created) || Date.now() - created <= limit * DAY) return;
    yield {
      path: annotations.at(DRY_RUN).path,
      message: "enforce the policy or remove it: it has been in dry run for too long",
    };
  },
};
