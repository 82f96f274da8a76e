import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema.js";
import type { MeshRule } from "../../engine/rule.ts";
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

export const dryRunEnds: MeshRule = {
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

  // Istio: isDryRun in pilot/pkg/security/authz/builder/builder.go. Only what a cluster answered has the time of its creation, and
  // of a stack, only a rule on all objects is shown what a cluster answered.
  *checkMesh(mesh, settings) {
    const limit = typeof settings?.days === "number" ? settings.days : STANDARD;
    for (const object of mesh.all("AuthorizationPolicy")) {
      if (dryRunOf(object) !== true) continue;
      const created = Date.parse(object.metadata.at("creationTimestamp").string() ?? "");
      if (Number.isNaN(created) || Date.now() - created <= limit * DAY) continue;
      const { path } = object.annotations.at(DRY_RUN);
      yield { object, path, message: "enforce the policy or remove it: it has been in dry run for too long" };
    }
  },
};
