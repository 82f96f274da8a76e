import type { Rule } from "../../rule";
import { authorizationActions } from "./authorization-actions";
import { authorizationListsFilled } from "./authorization-lists-filled";
import { authorizationRules } from "./authorization-rules";
import { authorizationValues } from "./authorization-values";
import { clientTls } from "./client-tls";
import { connectionPools } from "./connection-pools";
import { consistentHashes } from "./consistent-hashes";
import { corsPolicies } from "./cors-policies";
import { denialsOfTcp } from "./denials-of-tcp";
import { destinationRuleHosts } from "./destination-rule-hosts";
import { directResponsesSmall } from "./direct-responses-small";
import { directResponses } from "./direct-responses";
import { envoyFilterWarnings } from "./envoy-filter-warnings";
import { envoyFilters } from "./envoy-filters";
import { exportTo } from "./export-to";
import { failoverDetectsOutliers } from "./failover-detects-outliers";
import { fieldTypes } from "./field-types";
import { fieldValues } from "./field-values";
import { gatewayNames } from "./gateway-names";
import { gatewayReferencesModern } from "./gateway-references-modern";
import { gatewayReferences } from "./gateway-references";
import { gatewayServers } from "./gateway-servers";
import { gatewayTlsByProtocol } from "./gateway-tls-by-protocol";
import { headerMatches } from "./header-matches";
import { headerOperations } from "./header-operations";
import { httpAbortWithStatus } from "./http-abort-with-status";
import { httpFaults } from "./http-faults";
import { httpRedirects } from "./http-redirects";
import { httpRetries } from "./http-retries";
import { httpRewrites } from "./http-rewrites";
import { httpRouteActions } from "./http-route-actions";
import { httpsRedirectOnHttp } from "./https-redirect-on-http";
import { jwtKeysPublic } from "./jwt-keys-public";
import { jwtRules } from "./jwt-rules";
import { knownFields } from "./known-fields";
import { localityLoadBalancing } from "./locality-load-balancing";
import { mirrorPercentages } from "./mirror-percentages";
import { outlierDetection } from "./outlier-detection";
import { peerAuthenticationPorts } from "./peer-authentication-ports";
import { policyTargets } from "./policy-targets";
import { prefixMatches } from "./prefix-matches";
import { regularExpressions } from "./regular-expressions";
import { replacedFields } from "./replaced-fields";
import { reservedAnnotations } from "./reserved-annotations";
import { routeDestinations } from "./route-destinations";
import { routeMatches } from "./route-matches";
import { routeWeights } from "./route-weights";
import { serverTlsCertificates } from "./server-tls-certificates";
import { serverTlsSettings } from "./server-tls-settings";
import { serviceEntryAddressesTold } from "./service-entry-addresses-told";
import { serviceEntryAddresses } from "./service-entry-addresses";
import { serviceEntryDynamicDns } from "./service-entry-dynamic-dns";
import { serviceEntryEndpoints } from "./service-entry-endpoints";
import { serviceEntryHosts } from "./service-entry-hosts";
import { serviceEntryPorts } from "./service-entry-ports";
import { serviceEntryWildcards } from "./service-entry-wildcards";
import { sidecarEgressHostsOnce } from "./sidecar-egress-hosts-once";
import { sidecarEgressProxies } from "./sidecar-egress-proxies";
import { sidecarEgress } from "./sidecar-egress";
import { sidecarHttpPools } from "./sidecar-http-pools";
import { sidecarIngress } from "./sidecar-ingress";
import { subsetNames } from "./subset-names";
import { telemetrySettings } from "./telemetry-settings";
import { telemetrySingle } from "./telemetry-single";
import { tlsRoutesByName } from "./tls-routes-by-name";
import { tlsRoutes } from "./tls-routes";
import { trafficPoliciesSetSomething } from "./traffic-policies";
import { tunnels } from "./tunnels";
import { virtualServiceHosts } from "./virtual-service-hosts";
import { virtualServiceRoutes } from "./virtual-service-routes";
import { warmUps } from "./warm-ups";
import { wasmPlugins } from "./wasm-plugins";
import { workloadEntries } from "./workload-entries";
import { workloadEntryAddresses } from "./workload-entry-addresses";
import { workloadGroups } from "./workload-groups";
import { workloadSelectorResolved } from "./workload-selector-resolved";
import { workloadSelectorsWithLabels } from "./workload-selectors-with-labels";
import { workloadSelectors } from "./workload-selectors";

/** What the API server refuses by the schemas of Istio's kinds, and what istiod's webhook refuses or warns of. */
export const validationRules: readonly Rule[] = [
  authorizationActions,
  authorizationListsFilled,
  authorizationRules,
  authorizationValues,
  clientTls,
  connectionPools,
  consistentHashes,
  corsPolicies,
  denialsOfTcp,
  destinationRuleHosts,
  directResponsesSmall,
  directResponses,
  envoyFilterWarnings,
  envoyFilters,
  exportTo,
  failoverDetectsOutliers,
  fieldTypes,
  fieldValues,
  gatewayNames,
  gatewayReferencesModern,
  gatewayReferences,
  gatewayServers,
  gatewayTlsByProtocol,
  headerMatches,
  headerOperations,
  httpAbortWithStatus,
  httpFaults,
  httpRedirects,
  httpRetries,
  httpRewrites,
  httpRouteActions,
  httpsRedirectOnHttp,
  jwtKeysPublic,
  jwtRules,
  knownFields,
  localityLoadBalancing,
  mirrorPercentages,
  outlierDetection,
  peerAuthenticationPorts,
  policyTargets,
  prefixMatches,
  regularExpressions,
  replacedFields,
  reservedAnnotations,
  routeDestinations,
  routeMatches,
  routeWeights,
  serverTlsCertificates,
  serverTlsSettings,
  serviceEntryAddressesTold,
  serviceEntryAddresses,
  serviceEntryDynamicDns,
  serviceEntryEndpoints,
  serviceEntryHosts,
  serviceEntryPorts,
  serviceEntryWildcards,
  sidecarEgressHostsOnce,
  sidecarEgressProxies,
  sidecarEgress,
  sidecarHttpPools,
  sidecarIngress,
  subsetNames,
  telemetrySettings,
  telemetrySingle,
  tlsRoutesByName,
  tlsRoutes,
  trafficPoliciesSetSomething,
  tunnels,
  virtualServiceHosts,
  virtualServiceRoutes,
  warmUps,
  wasmPlugins,
  workloadEntries,
  workloadEntryAddresses,
  workloadGroups,
  workloadSelectorResolved,
  workloadSelectorsWithLabels,
  workloadSelectors,
];
