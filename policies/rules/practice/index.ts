import type { Rule } from "../../rule";
import { addonAsksForLogin } from "./addon-asks-for-login";
import { authorizationPolicyAllowIsNarrow } from "./authorization-policy-allow-is-narrow";
import { authorizationPolicyClauseNotEmpty } from "./authorization-policy-clause-not-empty";
import { authorizationPolicyDenyNamesPorts } from "./authorization-policy-deny-names-ports";
import { browserHeadersInPart } from "./browser-headers-in-part";
import { chartVersionPinned } from "./chart-version-pinned";
import { destinationRuleCredentialNeedsSelector } from "./destination-rule-credential-needs-selector";
import { destinationRuleKeepsTls } from "./destination-rule-keeps-tls";
import { gatewayApartFromControlPlane } from "./gateway-apart-from-control-plane";
import { gatewayHostsAllowed } from "./gateway-hosts-allowed";
import { gatewayHostsExplicit } from "./gateway-hosts-explicit";
import { gatewayMeetsRoutesOfHost } from "./gateway-meets-routes-of-host";
import { gatewayServesTls } from "./gateway-serves-tls";
import { hasDisruptionBudget } from "./has-disruption-budget";
import { headerValuesKnownToEnvoy } from "./header-values-known-to-envoy";
import { httpRouteHasTimeout } from "./http-route-has-timeout";
import { imageRegistryAllowed } from "./image-registry-allowed";
import { imageTagPinned } from "./image-tag-pinned";
import { istioVersionsAgree } from "./istio-versions-agree";
import { loadBalancerOptedIn } from "./load-balancer-opted-in";
import { logFormatsKnownToEnvoy } from "./log-formats-known-to-envoy";
import { matchSourceIsDeclared } from "./match-source-is-declared";
import { meshRequiresMtls } from "./mesh-requires-mtls";
import { mtlsNotWeakened } from "./mtls-not-weakened";
import { namespaceDeniesByDefault } from "./namespace-denies-by-default";
import { noFaultInjection } from "./no-fault-injection";
import { noMirroring } from "./no-mirroring";
import { outlierDetectionCanEject } from "./outlier-detection-can-eject";
import { restIsRouted } from "./rest-is-routed";
import { retriesFitTimeout } from "./retries-fit-timeout";
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
  browserHeadersInPart,
  chartVersionPinned,
  destinationRuleCredentialNeedsSelector,
  destinationRuleKeepsTls,
  gatewayApartFromControlPlane,
  gatewayHostsAllowed,
  gatewayHostsExplicit,
  gatewayMeetsRoutesOfHost,
  gatewayServesTls,
  hasDisruptionBudget,
  headerValuesKnownToEnvoy,
  httpRouteHasTimeout,
  imageRegistryAllowed,
  imageTagPinned,
  istioVersionsAgree,
  loadBalancerOptedIn,
  logFormatsKnownToEnvoy,
  matchSourceIsDeclared,
  meshRequiresMtls,
  mtlsNotWeakened,
  namespaceDeniesByDefault,
  noFaultInjection,
  noMirroring,
  outlierDetectionCanEject,
  restIsRouted,
  retriesFitTimeout,
  retriesRepeatNothing,
  routeKeepsAWayBack,
  routeWeightsArePercentages,
  runsTwice,
  workloadHasAppAndVersionLabels,
  workloadHasReadinessProbe,
  workloadRequestsResources,
];
