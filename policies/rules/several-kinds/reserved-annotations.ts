import { ISTIO_KINDS } from "./lib/shapes.ts";
import { at, rejected } from "../../values/verdicts.ts";

const RESERVED = [
  "internal.istio.io/parent-namespace",
  "internal.istio.io/parents",
  "internal.istio.io/webhook-always-reject",
];

/** What Go reads as true or false. */
const BOOLEANS = new Set(["1", "t", "T", "true", "TRUE", "True", "0", "f", "F", "false", "FALSE", "False"]);

export const reservedAnnotations = rejected({
  id: "reserved-annotations",
  title: "An object of Istio's has no annotations of Istio's own making, and a dry run only where Istio can do one.",
  remediation:
    "Remove internal.istio.io annotations, and set istio.io/dry-run to true or false only on AuthorizationPolicies of action ALLOW or DENY.",
  kinds: ISTIO_KINDS,

  *check({ kind, annotations, spec }) {
    for (const name of RESERVED) {
      const annotation = annotations.at(name);
      if (!annotation.isAbsent() && !annotations.isUnknown())
        yield at(annotation, "take it out: only Istio may set it");
    }
    const dryRun = annotations.at("istio.io/dry-run");
    if (dryRun.isAbsent() || annotations.isUnknown()) return;
    const action = spec.at("action");
    if (kind !== "AuthorizationPolicy") {
      yield at(dryRun, "take it out: Istio tries only an AuthorizationPolicy");
    } else if (["AUDIT", "CUSTOM"].includes(action.string() ?? "")) {
      yield at(dryRun, "take it out: Istio tries only the actions ALLOW and DENY");
    } else if (!BOOLEANS.has(dryRun.string() ?? "true")) {
      yield at(dryRun, 'write "true" or "false"');
    }
  },
});
