import type { Rule } from "../../rule";
import { addonAsksForLogin } from "./addon-asks-for-login";
import { authorizationPolicyAllowIsNarrow } from "./authorization-policy-allow-is-narrow";
import { authorizationPolicyClauseNotEmpty } from "./authorization-policy-clause-not-empty";
import { authorizationPolicyDenyNamesPorts } from "./authorization-policy-deny-names-ports";
import { chartVersionPinned } from "./chart-version-pinned";
import { destinationRuleCredentialNeedsSelector } from "./destination-rule-credential-needs-selector";
import { destinationRuleKeepsTls } from "./destination-rule-keeps-tls";
import { gatewayHostsAllowed } from "./gateway-hosts-allowed";
import { gatewayHostsExplicit } from "./gateway-hosts-explicit";
import { gatewayServesTls } from "./gateway-serves-tls";
import { hasDisruptionBudget } from "./has-disruption-budget";
import { headerValuesKnownToEnvoy } from "./header-values-known-to-envoy";
import { httpRouteHasTimeout } from "./http-route-has-timeout";
import { imageRegistryAllowed } from "./image-registry-allowed";
import { imageTagPinned } from "./image-tag-pinned";
import { istioVersionsAgree } from "./istio-versions-agree";
import { loadBalancerOptedIn } from "./load-balancer-opted-in";
import { logFormatsKnownToEnvoy } from "./log-formats-known-to-envoy";
import { meshRequiresMtls } from "./mesh-requires-mtls";
import { mtlsNotWeakened } from "./mtls-not-weakened";
import { namespaceDeniesByDefault } from "./namespace-denies-by-default";
import { noFaultInjection } from "./no-fault-injection";
import { noMirroring } from "./no-mirroring";
import { retriesRepeatNothing } from "./retries-repeat-nothing";
import { routeKeepsAWayBack } from "./route-keeps-a-way-back";
import { routeWeightsArePercentages } from "./route-weights-are-percentages";
import { runsTwice } from "./runs-twice";
import { workloadHasAppAndVersionLabels } from "./workload-has-app-and-version-labels";
import { workloadHasReadinessProbe } from "./workload-has-readiness-probe";
import { workloadRequestsResources } from "./workload-requests-resources";

/** What practice asks for, which no tool of Istio's does. */
export const practiceRules: readonly Rule[] = [
  addonAsksForLogin,
  authorizationPolicyAllowIsNarrow,
  authorizationPolicyClauseNotEmpty,
  authorizationPolicyDenyNamesPorts,
  chartVersionPinned,
  destinationRuleCredentialNeedsSelector,
  destinationRuleKeepsTls,
  gatewayHostsAllowed,
  gatewayHostsExplicit,
  gatewayServesTls,
  hasDisruptionBudget,
  headerValuesKnownToEnvoy,
  httpRouteHasTimeout,
  imageRegistryAllowed,
  imageTagPinned,
  istioVersionsAgree,
  loadBalancerOptedIn,
  logFormatsKnownToEnvoy,
  meshRequiresMtls,
  mtlsNotWeakened,
  namespaceDeniesByDefault,
  noFaultInjection,
  noMirroring,
  retriesRepeatNothing,
  routeKeepsAWayBack,
  routeWeightsArePercentages,
  runsTwice,
  workloadHasAppAndVersionLabels,
  workloadHasReadinessProbe,
  workloadRequestsResources,
];
