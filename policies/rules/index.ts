// Made by `make generate` from the files in this folder; a test holds it to them.
import { asIstioctl } from "../engine/asIstioctl";
import type { Rule } from "../engine/rule";
import { ambientHostUsesWaypoint } from "./ambient/ambient-host-uses-waypoint";
import { ambientNamespaceWithoutSidecars } from "./ambient/ambient-namespace-without-sidecars";
import { ambientPolicyUsesWaypoint } from "./ambient/ambient-policy-uses-waypoint";
import { ambientWorkloadHasWaypoint } from "./ambient/ambient-workload-has-waypoint";
import { enrolledWorkloadIsAmbient } from "./ambient/enrolled-workload-is-ambient";
import { namedWaypointExists } from "./ambient/named-waypoint-exists";
import { sidecarOrAmbient } from "./ambient/sidecar-or-ambient";
import { addonAsksForLogin } from "./authorization-policy/addon-asks-for-login";
import { authorizationActions } from "./authorization-policy/authorization-actions";
import { authorizationListsFilled } from "./authorization-policy/authorization-lists-filled";
import { authorizationPolicyAllowIsNarrow } from "./authorization-policy/authorization-policy-allow-is-narrow";
import { authorizationPolicyClauseNotEmpty } from "./authorization-policy/authorization-policy-clause-not-empty";
import { authorizationPolicyDenyNamesPorts } from "./authorization-policy/authorization-policy-deny-names-ports";
import { authorizationPolicyEffective } from "./authorization-policy/authorization-policy-effective";
import { authorizationPolicyNamespaceExists } from "./authorization-policy/authorization-policy-namespace-exists";
import { authorizationPolicySelectsPods } from "./authorization-policy/authorization-policy-selects-pods";
import { authorizationRules } from "./authorization-policy/authorization-rules";
import { authorizationValues } from "./authorization-policy/authorization-values";
import { denialsOfTcp } from "./authorization-policy/denials-of-tcp";
import { identityNeedsMutualTls } from "./authorization-policy/identity-needs-mutual-tls";
import { namespaceDeniesByDefault } from "./authorization-policy/namespace-denies-by-default";
import { operationHostKnown } from "./authorization-policy/operation-host-known";
import { operationMethodKnown } from "./authorization-policy/operation-method-known";
import { sourceNamespaceExists } from "./authorization-policy/source-namespace-exists";
import { sourcePrincipalExists } from "./authorization-policy/source-principal-exists";
import { externalControlPlaneReachable } from "./control-plane/external-control-plane-reachable";
import { injectorWebhookUnambiguous } from "./control-plane/injector-webhook-unambiguous";
import { meshNetworksRegistryKnown } from "./control-plane/mesh-networks-registry-known";
import { clientTls } from "./destination-rule/client-tls";
import { connectionPools } from "./destination-rule/connection-pools";
import { consistentHashes } from "./destination-rule/consistent-hashes";
import { destinationRuleCredentialNeedsSelector } from "./destination-rule/destination-rule-credential-needs-selector";
import { destinationRuleHostExists } from "./destination-rule/destination-rule-host-exists";
import { destinationRuleHostKnown } from "./destination-rule/destination-rule-host-known";
import { destinationRuleHosts } from "./destination-rule/destination-rule-hosts";
import { destinationRuleKeepsTls } from "./destination-rule/destination-rule-keeps-tls";
import { failoverDetectsOutliers } from "./destination-rule/failover-detects-outliers";
import { localityLoadBalancing } from "./destination-rule/locality-load-balancing";
import { mutualTlsAccepted } from "./destination-rule/mutual-tls-accepted";
import { mutualTlsNotOverridden } from "./destination-rule/mutual-tls-not-overridden";
import { oneDestinationRulePerSubset } from "./destination-rule/one-destination-rule-per-subset";
import { outlierDetection } from "./destination-rule/outlier-detection";
import { outlierDetectionCanEject } from "./destination-rule/outlier-detection-can-eject";
import { plainTextAccepted } from "./destination-rule/plain-text-accepted";
import { routedSubsetSelectsPods } from "./destination-rule/routed-subset-selects-pods";
import { serverCertificateVerified } from "./destination-rule/server-certificate-verified";
import { subsetHasLabels } from "./destination-rule/subset-has-labels";
import { subsetNames } from "./destination-rule/subset-names";
import { subsetSelectsPods } from "./destination-rule/subset-selects-pods";
import { trafficPolicies } from "./destination-rule/traffic-policies";
import { tunnels } from "./destination-rule/tunnels";
import { unroutedSubsetSelectsPods } from "./destination-rule/unrouted-subset-selects-pods";
import { warmUps } from "./destination-rule/warm-ups";
import { eksAccessByEntries } from "./eks/eks-access-by-entries";
import { eksAddonVersionPinned } from "./eks/eks-addon-version-pinned";
import { eksAuditLogEnabled } from "./eks/eks-audit-log-enabled";
import { eksDeletionProtected } from "./eks/eks-deletion-protected";
import { eksEndpointRestricted } from "./eks/eks-endpoint-restricted";
import { eksNodeDisksEncrypted } from "./eks/eks-node-disks-encrypted";
import { eksNodeLoginClosed } from "./eks/eks-node-login-closed";
import { eksNodesInPrivateSubnets } from "./eks/eks-nodes-in-private-subnets";
import { eksNodesRequireMetadataTokens } from "./eks/eks-nodes-require-metadata-tokens";
import { eksSecretsEncrypted } from "./eks/eks-secrets-encrypted";
import { eksVersionFitsIstio } from "./eks/eks-version-fits-istio";
import { eksVersionPinned } from "./eks/eks-version-pinned";
import { eksVersionSupported } from "./eks/eks-version-supported";
import { kmsKeyRotates } from "./eks/kms-key-rotates";
import { envoyFilterOrderFixed } from "./envoy-filter/envoy-filter-order-fixed";
import { envoyFilterPatchFits } from "./envoy-filter/envoy-filter-patch-fits";
import { envoyFilterWarnings } from "./envoy-filter/envoy-filter-warnings";
import { envoyFilters } from "./envoy-filter/envoy-filters";
import { gatewayApiCrdCurrent } from "./gateway-api/gateway-api-crd-current";
import { gatewayApiGatewayExists } from "./gateway-api/gateway-api-gateway-exists";
import { gatewayApiGatewaysDiffer } from "./gateway-api/gateway-api-gateways-differ";
import { gatewayApiListenersDiffer } from "./gateway-api/gateway-api-listeners-differ";
import { gatewayApiServiceExists } from "./gateway-api/gateway-api-service-exists";
import { grantFromKnownNamespace } from "./gateway-api/grant-from-known-namespace";
import { gatewayApartFromControlPlane } from "./gateway/gateway-apart-from-control-plane";
import { gatewayCredentialValid } from "./gateway/gateway-credential-valid";
import { gatewayHasPods } from "./gateway/gateway-has-pods";
import { gatewayHostsAllowed } from "./gateway/gateway-hosts-allowed";
import { gatewayHostsDoNotOverlap } from "./gateway/gateway-hosts-do-not-overlap";
import { gatewayHostsExplicit } from "./gateway/gateway-hosts-explicit";
import { gatewayMeetsRoutesOfHost } from "./gateway/gateway-meets-routes-of-host";
import { gatewayNames } from "./gateway/gateway-names";
import { gatewayPortOnService } from "./gateway/gateway-port-on-service";
import { gatewaySelectsPods } from "./gateway/gateway-selects-pods";
import { gatewayServers } from "./gateway/gateway-servers";
import { gatewayServesTls } from "./gateway/gateway-serves-tls";
import { gatewayTlsByProtocol } from "./gateway/gateway-tls-by-protocol";
import { gatewaysDoNotConflict } from "./gateway/gateways-do-not-conflict";
import { httpsRedirectOnHttp } from "./gateway/https-redirect-on-http";
import { oneGatewayPerCertificate } from "./gateway/one-gateway-per-certificate";
import { serverTlsCertificates } from "./gateway/server-tls-certificates";
import { serverTlsSettings } from "./gateway/server-tls-settings";
import { injectionLabelsAgree } from "./namespace/injection-labels-agree";
import { namespaceInjectionChosen } from "./namespace/namespace-injection-chosen";
import { meshRequiresMtls } from "./peer-authentication/mesh-requires-mtls";
import { mtlsNotWeakened } from "./peer-authentication/mtls-not-weakened";
import { mutualTlsUsed } from "./peer-authentication/mutual-tls-used";
import { onePeerAuthenticationPerWorkload } from "./peer-authentication/one-peer-authentication-per-workload";
import { peerAuthenticationPorts } from "./peer-authentication/peer-authentication-ports";
import { plainTextUsed } from "./peer-authentication/plain-text-used";
import { chartVersionPinned } from "./release/chart-version-pinned";
import { istioVersionsAgree } from "./release/istio-versions-agree";
import { jwksFetchRestricted } from "./request-authentication/jwks-fetch-restricted";
import { jwtKeysPublic } from "./request-authentication/jwt-keys-public";
import { jwtRules } from "./request-authentication/jwt-rules";
import { serviceEntriesShareNoPort } from "./service-entry/service-entries-share-no-port";
import { serviceEntryAddresses } from "./service-entry/service-entry-addresses";
import { serviceEntryAddressesTold } from "./service-entry/service-entry-addresses-told";
import { serviceEntryDynamicDns } from "./service-entry/service-entry-dynamic-dns";
import { serviceEntryEndpoints } from "./service-entry/service-entry-endpoints";
import { serviceEntryHasAddresses } from "./service-entry/service-entry-has-addresses";
import { serviceEntryHosts } from "./service-entry/service-entry-hosts";
import { serviceEntryPorts } from "./service-entry/service-entry-ports";
import { serviceEntryProtocolsAgree } from "./service-entry/service-entry-protocols-agree";
import { serviceEntryWildcards } from "./service-entry/service-entry-wildcards";
import { workloadSelectorResolved } from "./service-entry/workload-selector-resolved";
import { loadBalancerOptedIn } from "./service/load-balancer-opted-in";
import { serviceAlikeInClusters } from "./service/service-alike-in-clusters";
import { servicePortNamed } from "./service/service-port-named";
import { servicePortOnPods } from "./service/service-port-on-pods";
import { servicePortTellsProtocol } from "./service/service-port-tells-protocol";
import { annotationNotAlpha } from "./several-kinds/annotation-not-alpha";
import { annotationValid } from "./several-kinds/annotation-valid";
import { authenticationSelectsPods } from "./several-kinds/authentication-selects-pods";
import { exportTo } from "./several-kinds/export-to";
import { exportedToKnownNamespace } from "./several-kinds/exported-to-known-namespace";
import { fieldTypes } from "./several-kinds/field-types";
import { fieldValues } from "./several-kinds/field-values";
import { knownFields } from "./several-kinds/known-fields";
import { noDeprecatedField } from "./several-kinds/no-deprecated-field";
import { policySelectorEffective } from "./several-kinds/policy-selector-effective";
import { policyTargets } from "./several-kinds/policy-targets";
import { portNameFitsProtocol } from "./several-kinds/port-name-fits-protocol";
import { replacedFields } from "./several-kinds/replaced-fields";
import { reservedAnnotations } from "./several-kinds/reserved-annotations";
import { workloadSelectors } from "./several-kinds/workload-selectors";
import { workloadSelectorsWithLabels } from "./several-kinds/workload-selectors-with-labels";
import { oneSidecarPerPod } from "./sidecar/one-sidecar-per-pod";
import { oneSidecarPerWorkload } from "./sidecar/one-sidecar-per-workload";
import { outboundModeWritten } from "./sidecar/outbound-mode-written";
import { rootSidecarWithoutSelector } from "./sidecar/root-sidecar-without-selector";
import { sidecarEffective } from "./sidecar/sidecar-effective";
import { sidecarEgress } from "./sidecar/sidecar-egress";
import { sidecarEgressHostKnown } from "./sidecar/sidecar-egress-host-known";
import { sidecarEgressHostsOnce } from "./sidecar/sidecar-egress-hosts-once";
import { sidecarEgressProxies } from "./sidecar/sidecar-egress-proxies";
import { sidecarHttpPools } from "./sidecar/sidecar-http-pools";
import { sidecarIngress } from "./sidecar/sidecar-ingress";
import { sidecarSelectorSelectsPods } from "./sidecar/sidecar-selector-selects-pods";
import { sidecarSelectsPods } from "./sidecar/sidecar-selects-pods";
import { logFormatsKnownToEnvoy } from "./telemetry/log-formats-known-to-envoy";
import { oneTelemetryPerWorkload } from "./telemetry/one-telemetry-per-workload";
import { telemetryProviderNamed } from "./telemetry/telemetry-provider-named";
import { telemetrySelectsPods } from "./telemetry/telemetry-selects-pods";
import { telemetrySettings } from "./telemetry/telemetry-settings";
import { telemetrySingle } from "./telemetry/telemetry-single";
import { tracingProviderCurrent } from "./telemetry/tracing-provider-current";
import { boundGatewayExists } from "./virtual-service/bound-gateway-exists";
import { browserHeadersInPart } from "./virtual-service/browser-headers-in-part";
import { corsPolicies } from "./virtual-service/cors-policies";
import { destinationHostExists } from "./virtual-service/destination-host-exists";
import { directResponses } from "./virtual-service/direct-responses";
import { directResponsesSmall } from "./virtual-service/direct-responses-small";
import { gatewayNamedWithSlash } from "./virtual-service/gateway-named-with-slash";
import { gatewayReferences } from "./virtual-service/gateway-references";
import { gatewayReferencesModern } from "./virtual-service/gateway-references-modern";
import { gatewayRoutesShareNoHost } from "./virtual-service/gateway-routes-share-no-host";
import { headerMatches } from "./virtual-service/header-matches";
import { headerOperations } from "./virtual-service/header-operations";
import { headerValuesKnownToEnvoy } from "./virtual-service/header-values-known-to-envoy";
import { hostServedByGateway } from "./virtual-service/host-served-by-gateway";
import { httpAbortWithStatus } from "./virtual-service/http-abort-with-status";
import { httpFaults } from "./virtual-service/http-faults";
import { httpRedirects } from "./virtual-service/http-redirects";
import { httpRetries } from "./virtual-service/http-retries";
import { httpRewrites } from "./virtual-service/http-rewrites";
import { httpRouteActions } from "./virtual-service/http-route-actions";
import { httpRouteHasTimeout } from "./virtual-service/http-route-has-timeout";
import { internalGatewayUnbound } from "./virtual-service/internal-gateway-unbound";
import { jwtClaimRouteAuthenticated } from "./virtual-service/jwt-claim-route-authenticated";
import { matchSourceIsDeclared } from "./virtual-service/match-source-is-declared";
import { mirrorPercentages } from "./virtual-service/mirror-percentages";
import { namedGatewayExists } from "./virtual-service/named-gateway-exists";
import { noFaultInjection } from "./virtual-service/no-fault-injection";
import { noMirroring } from "./virtual-service/no-mirroring";
import { oneVirtualServicePerHost } from "./virtual-service/one-virtual-service-per-host";
import { prefixMatches } from "./virtual-service/prefix-matches";
import { regularExpressions } from "./virtual-service/regular-expressions";
import { restIsRouted } from "./virtual-service/rest-is-routed";
import { retriesFitTimeout } from "./virtual-service/retries-fit-timeout";
import { retriesRepeatNothing } from "./virtual-service/retries-repeat-nothing";
import { routeDestinations } from "./virtual-service/route-destinations";
import { routeDestinationsDiffer } from "./virtual-service/route-destinations-differ";
import { routeHostKnown } from "./virtual-service/route-host-known";
import { routeKeepsAWayBack } from "./virtual-service/route-keeps-a-way-back";
import { routeMatches } from "./virtual-service/route-matches";
import { routeReachable } from "./virtual-service/route-reachable";
import { routeWeights } from "./virtual-service/route-weights";
import { routeWeightsArePercentages } from "./virtual-service/route-weights-are-percentages";
import { routedSubsetExists } from "./virtual-service/routed-subset-exists";
import { singleRouteWithoutWeight } from "./virtual-service/single-route-without-weight";
import { subsetRoutedAtGateway } from "./virtual-service/subset-routed-at-gateway";
import { tlsRoutes } from "./virtual-service/tls-routes";
import { tlsRoutesByName } from "./virtual-service/tls-routes-by-name";
import { virtualServiceHosts } from "./virtual-service/virtual-service-hosts";
import { virtualServiceRoutes } from "./virtual-service/virtual-service-routes";
import { virtualServiceSubsetExists } from "./virtual-service/virtual-service-subset-exists";
import { virtualServicesShareNoHost } from "./virtual-service/virtual-services-share-no-host";
import { wasmPlugins } from "./wasm-plugin/wasm-plugins";
import { workloadEntries } from "./workload-entry/workload-entries";
import { workloadEntryAddresses } from "./workload-entry/workload-entry-addresses";
import { workloadGroupAccountExists } from "./workload-group/workload-group-account-exists";
import { workloadGroups } from "./workload-group/workload-groups";
import { workloadGroupsDiffer } from "./workload-group/workload-groups-differ";
import { autoImageInjected } from "./workload/auto-image-injected";
import { hasDisruptionBudget } from "./workload/has-disruption-budget";
import { imageRegistryAllowed } from "./workload/image-registry-allowed";
import { imageTagPinned } from "./workload/image-tag-pinned";
import { proxyUserReserved } from "./workload/proxy-user-reserved";
import { runsTwice } from "./workload/runs-twice";
import { servicesOfDeploymentAgree } from "./workload/services-of-deployment-agree";
import { workloadHasAppAndVersionLabels } from "./workload/workload-has-app-and-version-labels";
import { workloadHasAuthorizationPolicy } from "./workload/workload-has-authorization-policy";
import { workloadHasReadinessProbe } from "./workload/workload-has-readiness-probe";
import { workloadRequestsResources } from "./workload/workload-requests-resources";

/** The rules by the folder that they are in: what they are about. */
export const rulesByKind = {
  ambient: [
    ambientHostUsesWaypoint,
    ambientNamespaceWithoutSidecars,
    ambientPolicyUsesWaypoint,
    ambientWorkloadHasWaypoint,
    enrolledWorkloadIsAmbient,
    namedWaypointExists,
    sidecarOrAmbient,
  ],
  "authorization-policy": [
    addonAsksForLogin,
    authorizationActions,
    authorizationListsFilled,
    authorizationPolicyAllowIsNarrow,
    authorizationPolicyClauseNotEmpty,
    authorizationPolicyDenyNamesPorts,
    authorizationPolicyEffective,
    authorizationPolicyNamespaceExists,
    authorizationPolicySelectsPods,
    authorizationRules,
    authorizationValues,
    denialsOfTcp,
    identityNeedsMutualTls,
    namespaceDeniesByDefault,
    operationHostKnown,
    operationMethodKnown,
    sourceNamespaceExists,
    sourcePrincipalExists,
  ],
  "control-plane": [externalControlPlaneReachable, injectorWebhookUnambiguous, meshNetworksRegistryKnown],
  "destination-rule": [
    clientTls,
    connectionPools,
    consistentHashes,
    destinationRuleCredentialNeedsSelector,
    destinationRuleHostExists,
    destinationRuleHostKnown,
    destinationRuleHosts,
    destinationRuleKeepsTls,
    failoverDetectsOutliers,
    localityLoadBalancing,
    mutualTlsAccepted,
    mutualTlsNotOverridden,
    oneDestinationRulePerSubset,
    outlierDetection,
    outlierDetectionCanEject,
    plainTextAccepted,
    routedSubsetSelectsPods,
    serverCertificateVerified,
    subsetHasLabels,
    subsetNames,
    subsetSelectsPods,
    trafficPolicies,
    tunnels,
    unroutedSubsetSelectsPods,
    warmUps,
  ],
  eks: [
    eksAccessByEntries,
    eksAddonVersionPinned,
    eksAuditLogEnabled,
    eksDeletionProtected,
    eksEndpointRestricted,
    eksNodeDisksEncrypted,
    eksNodeLoginClosed,
    eksNodesInPrivateSubnets,
    eksNodesRequireMetadataTokens,
    eksSecretsEncrypted,
    eksVersionFitsIstio,
    eksVersionPinned,
    eksVersionSupported,
    kmsKeyRotates,
  ],
  "envoy-filter": [envoyFilterOrderFixed, envoyFilterPatchFits, envoyFilterWarnings, envoyFilters],
  "gateway-api": [
    gatewayApiCrdCurrent,
    gatewayApiGatewayExists,
    gatewayApiGatewaysDiffer,
    gatewayApiListenersDiffer,
    gatewayApiServiceExists,
    grantFromKnownNamespace,
  ],
  gateway: [
    gatewayApartFromControlPlane,
    gatewayCredentialValid,
    gatewayHasPods,
    gatewayHostsAllowed,
    gatewayHostsDoNotOverlap,
    gatewayHostsExplicit,
    gatewayMeetsRoutesOfHost,
    gatewayNames,
    gatewayPortOnService,
    gatewaySelectsPods,
    gatewayServers,
    gatewayServesTls,
    gatewayTlsByProtocol,
    gatewaysDoNotConflict,
    httpsRedirectOnHttp,
    oneGatewayPerCertificate,
    serverTlsCertificates,
    serverTlsSettings,
  ],
  namespace: [injectionLabelsAgree, namespaceInjectionChosen],
  "peer-authentication": [
    meshRequiresMtls,
    mtlsNotWeakened,
    mutualTlsUsed,
    onePeerAuthenticationPerWorkload,
    peerAuthenticationPorts,
    plainTextUsed,
  ],
  release: [chartVersionPinned, istioVersionsAgree],
  "request-authentication": [jwksFetchRestricted, jwtKeysPublic, jwtRules],
  "service-entry": [
    serviceEntriesShareNoPort,
    serviceEntryAddresses,
    serviceEntryAddressesTold,
    serviceEntryDynamicDns,
    serviceEntryEndpoints,
    serviceEntryHasAddresses,
    serviceEntryHosts,
    serviceEntryPorts,
    serviceEntryProtocolsAgree,
    serviceEntryWildcards,
    workloadSelectorResolved,
  ],
  service: [loadBalancerOptedIn, serviceAlikeInClusters, servicePortNamed, servicePortOnPods, servicePortTellsProtocol],
  "several-kinds": [
    annotationNotAlpha,
    annotationValid,
    authenticationSelectsPods,
    exportTo,
    exportedToKnownNamespace,
    fieldTypes,
    fieldValues,
    knownFields,
    noDeprecatedField,
    policySelectorEffective,
    policyTargets,
    portNameFitsProtocol,
    replacedFields,
    reservedAnnotations,
    workloadSelectors,
    workloadSelectorsWithLabels,
  ],
  sidecar: [
    oneSidecarPerPod,
    oneSidecarPerWorkload,
    outboundModeWritten,
    rootSidecarWithoutSelector,
    sidecarEffective,
    sidecarEgress,
    sidecarEgressHostKnown,
    sidecarEgressHostsOnce,
    sidecarEgressProxies,
    sidecarHttpPools,
    sidecarIngress,
    sidecarSelectorSelectsPods,
    sidecarSelectsPods,
  ],
  telemetry: [
    logFormatsKnownToEnvoy,
    oneTelemetryPerWorkload,
    telemetryProviderNamed,
    telemetrySelectsPods,
    telemetrySettings,
    telemetrySingle,
    tracingProviderCurrent,
  ],
  "virtual-service": [
    boundGatewayExists,
    browserHeadersInPart,
    corsPolicies,
    destinationHostExists,
    directResponses,
    directResponsesSmall,
    gatewayNamedWithSlash,
    gatewayReferences,
    gatewayReferencesModern,
    gatewayRoutesShareNoHost,
    headerMatches,
    headerOperations,
    headerValuesKnownToEnvoy,
    hostServedByGateway,
    httpAbortWithStatus,
    httpFaults,
    httpRedirects,
    httpRetries,
    httpRewrites,
    httpRouteActions,
    httpRouteHasTimeout,
    internalGatewayUnbound,
    jwtClaimRouteAuthenticated,
    matchSourceIsDeclared,
    mirrorPercentages,
    namedGatewayExists,
    noFaultInjection,
    noMirroring,
    oneVirtualServicePerHost,
    prefixMatches,
    regularExpressions,
    restIsRouted,
    retriesFitTimeout,
    retriesRepeatNothing,
    routeDestinations,
    routeDestinationsDiffer,
    routeHostKnown,
    routeKeepsAWayBack,
    routeMatches,
    routeReachable,
    routeWeights,
    routeWeightsArePercentages,
    routedSubsetExists,
    singleRouteWithoutWeight,
    subsetRoutedAtGateway,
    tlsRoutes,
    tlsRoutesByName,
    virtualServiceHosts,
    virtualServiceRoutes,
    virtualServiceSubsetExists,
    virtualServicesShareNoHost,
  ],
  "wasm-plugin": [wasmPlugins],
  "workload-entry": [workloadEntries, workloadEntryAddresses],
  "workload-group": [workloadGroupAccountExists, workloadGroups, workloadGroupsDiffer],
  workload: [
    autoImageInjected,
    hasDisruptionBudget,
    imageRegistryAllowed,
    imageTagPinned,
    proxyUserReserved,
    runsTwice,
    servicesOfDeploymentAgree,
    workloadHasAppAndVersionLabels,
    workloadHasAuthorizationPolicy,
    workloadHasReadinessProbe,
    workloadRequestsResources,
  ],
} as const satisfies Record<string, readonly Rule[]>;

export const rules: readonly Rule[] = Object.values(rulesByKind).flat().map(asIstioctl);
