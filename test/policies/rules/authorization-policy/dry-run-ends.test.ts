import { dryRunEnds } from "../../../../policies/rules/authorization-policy/dry-run-ends.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject, having } from "../../istioctlObjects.ts";

const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString();
const policy = (dryRun: string, metadata: object) =>
  having(anObject("AuthorizationPolicy", "cart", {}), { annotations: { "istio.io/dry-run": dryRun }, ...metadata });
const here = '0 metadata.annotations["istio.io/dry-run"]';

describeRule(dryRunEnds, {
  accepts: {
    "a policy of this month": [policy("true", { creationTimestamp: daysAgo(29) })],
    "one that is not created yet": [policy("true", {})],
    "one that is enforced": [policy("false", { creationTimestamp: daysAgo(400) })],
    "one without the annotation": [
      having(anObject("AuthorizationPolicy", "cart", {}), { creationTimestamp: daysAgo(400) }),
    ],
    "a value that Istio takes for none": [policy("yes", { creationTimestamp: daysAgo(400) })],
    "a time that is none": [policy("true", { creationTimestamp: "long ago" })],
  },
  refuses: {
    "one of last month": [[policy("true", { creationTimestamp: daysAgo(31) })], here],
    "another word for true": [[policy("T", { creationTimestamp: daysAgo(31) })], here],
  },
});

describeRule(dryRunEnds, {
  settings: { days: 90 },
  accepts: { "as long as the setting says": [policy("true", { creationTimestamp: daysAgo(89) })] },
  refuses: { "longer than the setting says": [[policy("true", { creationTimestamp: daysAgo(91) })], here] },
});
