// Made by `make generate` from the files in this folder; a test holds it to them.
import { asIstioctl } from "../engine/asIstioctl.ts";
import type { Rule } from "../engine/rule.ts";
import { ambientHostUsesWaypoint } from "./ambient/ambient-host-uses-waypoint.ts";
import { ambientNamespaceWithoutSidecars } from "./ambient/ambient-namespace-without-sidecars.ts";
import { ambientPolicyUsesWaypoint } from "./ambient/ambient-policy-uses-waypoint.ts";
import { ambientWorkloadHasWaypoint } from "./ambient/ambient-workload-has-waypoint.ts";
import { enrolledWorkloadIsAmbient } from "./ambient/enrolled-workload-is-ambient.ts";
import { namedWaypointExists } from "./ambient/named-waypoint-exists.ts";
import { sidecarOrAmbient } from "./ambient/sidecar-or-ambient.ts";
import { addonAsksForLogin } from "./authorization-policy/addon-asks-for-login.ts";
import { authorizationActions } from "./authorization-policy/authorization-actions.ts";
import { authorizationListsFilled } from "./authorization-policy/authorization-lists-filled.ts";
import { authorizationPolicyAllowIsNarrow } from "./authorization-policy/authorization-policy-allow-is-narrow.ts";
import { authorizationPolicyClauseNotEmpty } from "./authorization-policy/authorization-policy-clause-not-empty.ts";
import { authorizationPolicyDenyNamesPorts } from "./authorization-policy/authorization-policy-deny-names-ports.ts";
import { authorizationPolicyEffective } from "./authorization-policy/authorization-policy-effective.ts";
import { authorizationPolicyNamespaceExists } from "./authorization-policy/authorization-policy-namespace-exists.ts";
import { authorizationPolicySelectsPods } from "./authorization-policy/authorization-policy-selects-pods.ts";
import { authorizationRules } from "./authorization-policy/authorization-rules.ts";
import { authorizationValues } from "./authorization-policy/authorization-values.ts";
import { clientAddressAtGateway } from "./authorization-policy/client-address-at-gateway.ts";
import { customProviderConfigured } from "./authorization-policy/custom-provider-configured.ts";
import { denialsOfTcp } from "./authorization-policy/denials-of-tcp.ts";
import { deniedIdentityNeedsStrict } from "./authorization-policy/denied-identity-needs-strict.ts";
import { dryRunEnds } from "./authorization-policy/dry-run-ends.ts";
import { gatewayIsAllowed } from "./authorization-policy/gateway-is-allowed.ts";
import { gatewaySeesClientAddress } from "./authorization-policy/gateway-sees-client-address.ts";
import { identityNeedsMutualTls } from "./authorization-policy/identity-needs-mutual-tls.ts";
import { matchedTokenValidated } from "./authorization-policy/matched-token-validated.ts";
import { namespaceDeniesByDefault } from "./authorization-policy/namespace-denies-by-default.ts";
import { oneCustomProviderPerWorkload } from "./authorization-policy/one-custom-provider-per-workload.ts";
import { operationHostKnown } from "./authorization-policy/operation-host-known.ts";
import { operationMethodKnown } from "./authorization-policy/operation-method-known.ts";
import { preflightWithoutToken } from "./authorization-policy/preflight-without-token.ts";
import { rulesJoinedByOr } from "./authorization-policy/rules-joined-by-or.ts";
import { sourceNamespaceExists } from "./authorization-policy/source-namespace-exists.ts";
import { sourcePrincipalExists } from "./authorization-policy/source-principal-exists.ts";
import { externalControlPlaneReachable } from "./control-plane/external-control-plane-reachable.ts";
import { injectorWebhookUnambiguous } from "./control-plane/injector-webhook-unambiguous.ts";
import { meshNetworksRegistryKnown } from "./control-plane/mesh-networks-registry-known.ts";
import { clientRuleKeepsSubsets } from "./destination-rule/client-rule-keeps-subsets.ts";
import { clientTls } from "./destination-rule/client-tls.ts";
import { connectionPools } from "./destination-rule/connection-pools.ts";
import { consistentHashes } from "./destination-rule/consistent-hashes.ts";
import { destinationRuleCredentialNeedsSelector } from "./destination-rule/destination-rule-credential-needs-selector.ts";
import { destinationRuleExportedToGateway } from "./destination-rule/destination-rule-exported-to-gateway.ts";
import { destinationRuleHostExists } from "./destination-rule/destination-rule-host-exists.ts";
import { destinationRuleHostKnown } from "./destination-rule/destination-rule-host-known.ts";
import { destinationRuleHosts } from "./destination-rule/destination-rule-hosts.ts";
import { destinationRuleKeepsTls } from "./destination-rule/destination-rule-keeps-tls.ts";
import { failoverDetectsOutliers } from "./destination-rule/failover-detects-outliers.ts";
import { hostKeepsMutualTls } from "./destination-rule/host-keeps-mutual-tls.ts";
import { localityLoadBalancing } from "./destination-rule/locality-load-balancing.ts";
import { mutualTlsAccepted } from "./destination-rule/mutual-tls-accepted.ts";
import { mutualTlsNotOverridden } from "./destination-rule/mutual-tls-not-overridden.ts";
import { oneDestinationRulePerSubset } from "./destination-rule/one-destination-rule-per-subset.ts";
import { outlierDetection } from "./destination-rule/outlier-detection.ts";
import { outlierDetectionCanEject } from "./destination-rule/outlier-detection-can-eject.ts";
import { plainTextAccepted } from "./destination-rule/plain-text-accepted.ts";
import { portLevelSettingsKeepTls } from "./destination-rule/port-level-settings-keep-tls.ts";
import { routedSubsetSelectsPods } from "./destination-rule/routed-subset-selects-pods.ts";
import { serverCertificateVerified } from "./destination-rule/server-certificate-verified.ts";
import { subsetHasLabels } from "./destination-rule/subset-has-labels.ts";
import { subsetNames } from "./destination-rule/subset-names.ts";
import { subsetSelectsPods } from "./destination-rule/subset-selects-pods.ts";
import { tlsOnce } from "./destination-rule/tls-once.ts";
import { trafficPolicies } from "./destination-rule/traffic-policies.ts";
import { tunnels } from "./destination-rule/tunnels.ts";
import { unroutedSubsetSelectsPods } from "./destination-rule/unrouted-subset-selects-pods.ts";
import { warmUps } from "./destination-rule/warm-ups.ts";
import { eksAccessByEntries } from "./eks/eks-access-by-entries.ts";
import { eksAddonVersionPinned } from "./eks/eks-addon-version-pinned.ts";
import { eksAuditLogEnabled } from "./eks/eks-audit-log-enabled.ts";
import { eksDeletionProtected } from "./eks/eks-deletion-protected.ts";
import { eksEndpointRestricted } from "./eks/eks-endpoint-restricted.ts";
import { eksNodeDisksEncrypted } from "./eks/eks-node-disks-encrypted.ts";
import { eksNodeLoginClosed } from "./eks/eks-node-login-closed.ts";
import { eksNodesInPrivateSubnets } from "./eks/eks-nodes-in-private-subnets.ts";
import { eksNodesRequireMetadataTokens } from "./eks/eks-nodes-require-metadata-tokens.ts";
import { eksSecretsEncrypted } from "./eks/eks-secrets-encrypted.ts";
import { eksVersionFitsIstio } from "./eks/eks-version-fits-istio.ts";
import { eksVersionPinned } from "./eks/eks-version-pinned.ts";
import { eksVersionSupported } from "./eks/eks-version-supported.ts";
import { kmsKeyRotates } from "./eks/kms-key-rotates.ts";
import { envoyFieldsKnown } from "./envoy-filter/envoy-fields-known.ts";
import { envoyFilterOrderFixed } from "./envoy-filter/envoy-filter-order-fixed.ts";
import { envoyFilterPatchFits } from "./envoy-filter/envoy-filter-patch-fits.ts";
import { envoyFilterWarnings } from "./envoy-filter/envoy-filter-warnings.ts";
import { envoyFilters } from "./envoy-filter/envoy-filters.ts";
import { envoyTakesPatch } from "./envoy-filter/envoy-takes-patch.ts";
import { patchOnPodPort } from "./envoy-filter/patch-on-pod-port.ts";
import { gatewayApiCrdCurrent } from "./gateway-api/gateway-api-crd-current.ts";
import { gatewayApiGatewayExists } from "./gateway-api/gateway-api-gateway-exists.ts";
import { gatewayApiGatewaysDiffer } from "./gateway-api/gateway-api-gateways-differ.ts";
import { gatewayApiListenersDiffer } from "./gateway-api/gateway-api-listeners-differ.ts";
import { gatewayApiServiceExists } from "./gateway-api/gateway-api-service-exists.ts";
import { grantFromKnownNamespace } from "./gateway-api/grant-from-known-namespace.ts";
import { routeAttachesToListener } from "./gateway-api/route-attaches-to-listener.ts";
import { gatewayApartFromControlPlane } from "./gateway/gateway-apart-from-control-plane.ts";
import { gatewayCredentialValid } from "./gateway/gateway-credential-valid.ts";
import { gatewayHasPods } from "./gateway/gateway-has-pods.ts";
import { gatewayHostsAllowed } from "./gateway/gateway-hosts-allowed.ts";
import { gatewayHostsDoNotOverlap } from "./gateway/gateway-hosts-do-not-overlap.ts";
import { gatewayHostsExplicit } from "./gateway/gateway-hosts-explicit.ts";
import { gatewayMeetsRoutesOfHost } from "./gateway/gateway-meets-routes-of-host.ts";
import { gatewayNames } from "./gateway/gateway-names.ts";
import { gatewayPortOnService } from "./gateway/gateway-port-on-service.ts";
import { gatewaySelectsPods } from "./gateway/gateway-selects-pods.ts";
import { gatewayServers } from "./gateway/gateway-servers.ts";
import { gatewayServesTls } from "./gateway/gateway-serves-tls.ts";
import { gatewayTlsByProtocol } from "./gateway/gateway-tls-by-protocol.ts";
import { gatewaysDoNotConflict } from "./gateway/gateways-do-not-conflict.ts";
import { httpsRedirectOnHttp } from "./gateway/https-redirect-on-http.ts";
import { oneGatewayPerCertificate } from "./gateway/one-gateway-per-certificate.ts";
import { oneProtocolOnAPort } from "./gateway/one-protocol-on-a-port.ts";
import { serverTlsCertificates } from "./gateway/server-tls-certificates.ts";
import { serverTlsSettings } from "./gateway/server-tls-settings.ts";
import { injectionLabelsAgree } from "./namespace/injection-labels-agree.ts";
import { namespaceInjectionChosen } from "./namespace/namespace-injection-chosen.ts";
import { revisionHasControlPlane } from "./namespace/revision-has-control-plane.ts";
import { meshRequiresMtls } from "./peer-authentication/mesh-requires-mtls.ts";
import { mtlsNotWeakened } from "./peer-authentication/mtls-not-weakened.ts";
import { mutualTlsUsed } from "./peer-authentication/mutual-tls-used.ts";
import { onePeerAuthenticationPerWorkload } from "./peer-authentication/one-peer-authentication-per-workload.ts";
import { peerAuthenticationPorts } from "./peer-authentication/peer-authentication-ports.ts";
import { plainTextUsed } from "./peer-authentication/plain-text-used.ts";
import { portLevelMtlsOnPodPorts } from "./peer-authentication/port-level-mtls-on-pod-ports.ts";
import { chartVersionPinned } from "./release/chart-version-pinned.ts";
import { gatewayNotAheadOfControlPlane } from "./release/gateway-not-ahead-of-control-plane.ts";
import { istioVersionsAgree } from "./release/istio-versions-agree.ts";
import { jwksFetchRestricted } from "./request-authentication/jwks-fetch-restricted.ts";
import { jwksHasKey } from "./request-authentication/jwks-has-key.ts";
import { jwtKeysPublic } from "./request-authentication/jwt-keys-public.ts";
import { jwtRules } from "./request-authentication/jwt-rules.ts";
import { tokenRequired } from "./request-authentication/token-required.ts";
import { serviceEntriesShareNoPort } from "./service-entry/service-entries-share-no-port.ts";
import { serviceEntryAddresses } from "./service-entry/service-entry-addresses.ts";
import { serviceEntryAddressesTold } from "./service-entry/service-entry-addresses-told.ts";
import { serviceEntryDynamicDns } from "./service-entry/service-entry-dynamic-dns.ts";
import { serviceEntryEndpoints } from "./service-entry/service-entry-endpoints.ts";
import { serviceEntryHasAddresses } from "./service-entry/service-entry-has-addresses.ts";
import { serviceEntryHosts } from "./service-entry/service-entry-hosts.ts";
import { serviceEntryPorts } from "./service-entry/service-entry-ports.ts";
import { serviceEntryProtocolsAgree } from "./service-entry/service-entry-protocols-agree.ts";
import { serviceEntryWildcards } from "./service-entry/service-entry-wildcards.ts";
import { workloadSelectorResolved } from "./service-entry/workload-selector-resolved.ts";
import { loadBalancerOptedIn } from "./service/load-balancer-opted-in.ts";
import { serviceAlikeInClusters } from "./service/service-alike-in-clusters.ts";
import { servicePortNamed } from "./service/service-port-named.ts";
import { servicePortOnPods } from "./service/service-port-on-pods.ts";
import { servicePortTellsProtocol } from "./service/service-port-tells-protocol.ts";
import { annotationNotAlpha } from "./several-kinds/annotation-not-alpha.ts";
import { annotationValid } from "./several-kinds/annotation-valid.ts";
import { apiVersionServed } from "./several-kinds/api-version-served.ts";
import { authenticationSelectsPods } from "./several-kinds/authentication-selects-pods.ts";
import { exportTo } from "./several-kinds/export-to.ts";
import { exportedToKnownNamespace } from "./several-kinds/exported-to-known-namespace.ts";
import { fieldTypes } from "./several-kinds/field-types.ts";
import { fieldValues } from "./several-kinds/field-values.ts";
import { kindKnown } from "./several-kinds/kind-known.ts";
import { knownFields } from "./several-kinds/known-fields.ts";
import { metadataAccepted } from "./several-kinds/metadata-accepted.ts";
import { noDeprecatedField } from "./several-kinds/no-deprecated-field.ts";
import { policySelectorEffective } from "./several-kinds/policy-selector-effective.ts";
import { policyTargetExists } from "./several-kinds/policy-target-exists.ts";
import { policyTargets } from "./several-kinds/policy-targets.ts";
import { portNameFitsProtocol } from "./several-kinds/port-name-fits-protocol.ts";
import { replacedFields } from "./several-kinds/replaced-fields.ts";
import { reservedAnnotations } from "./several-kinds/reserved-annotations.ts";
import { workloadSelectors } from "./several-kinds/workload-selectors.ts";
import { workloadSelectorsWithLabels } from "./several-kinds/workload-selectors-with-labels.ts";
import { oneSidecarPerPod } from "./sidecar/one-sidecar-per-pod.ts";
import { oneSidecarPerWorkload } from "./sidecar/one-sidecar-per-workload.ts";
import { outboundModeWritten } from "./sidecar/outbound-mode-written.ts";
import { rootSidecarWithoutSelector } from "./sidecar/root-sidecar-without-selector.ts";
import { sidecarEffective } from "./sidecar/sidecar-effective.ts";
import { sidecarEgress } from "./sidecar/sidecar-egress.ts";
import { sidecarEgressHostKnown } from "./sidecar/sidecar-egress-host-known.ts";
import { sidecarEgressHostsOnce } from "./sidecar/sidecar-egress-hosts-once.ts";
import { sidecarEgressProxies } from "./sidecar/sidecar-egress-proxies.ts";
import { sidecarHttpPools } from "./sidecar/sidecar-http-pools.ts";
import { sidecarIngress } from "./sidecar/sidecar-ingress.ts";
import { sidecarSelectorSelectsPods } from "./sidecar/sidecar-selector-selects-pods.ts";
import { sidecarSelectsPods } from "./sidecar/sidecar-selects-pods.ts";
import { logFormatsKnownToEnvoy } from "./telemetry/log-formats-known-to-envoy.ts";
import { oneTelemetryPerWorkload } from "./telemetry/one-telemetry-per-workload.ts";
import { providerConfigured } from "./telemetry/provider-configured.ts";
import { telemetryProviderNamed } from "./telemetry/telemetry-provider-named.ts";
import { telemetrySelectsPods } from "./telemetry/telemetry-selects-pods.ts";
import { telemetrySettings } from "./telemetry/telemetry-settings.ts";
import { telemetrySingle } from "./telemetry/telemetry-single.ts";
import { tracingProviderCurrent } from "./telemetry/tracing-provider-current.ts";
import { boundGatewayExists } from "./virtual-service/bound-gateway-exists.ts";
import { browserHeadersInPart } from "./virtual-service/browser-headers-in-part.ts";
import { corsPolicies } from "./virtual-service/cors-policies.ts";
import { delegateExists } from "./virtual-service/delegate-exists.ts";
import { delegateMatchInRoot } from "./virtual-service/delegate-match-in-root.ts";
import { destinationHostExists } from "./virtual-service/destination-host-exists.ts";
import { directResponses } from "./virtual-service/direct-responses.ts";
import { directResponsesSmall } from "./virtual-service/direct-responses-small.ts";
import { gatewayNamedWithSlash } from "./virtual-service/gateway-named-with-slash.ts";
import { gatewayReferences } from "./virtual-service/gateway-references.ts";
import { gatewayReferencesModern } from "./virtual-service/gateway-references-modern.ts";
import { gatewayRoutesShareNoHost } from "./virtual-service/gateway-routes-share-no-host.ts";
import { headerMatches } from "./virtual-service/header-matches.ts";
import { headerOperations } from "./virtual-service/header-operations.ts";
import { headerValuesKnownToEnvoy } from "./virtual-service/header-values-known-to-envoy.ts";
import { hostServedByGateway } from "./virtual-service/host-served-by-gateway.ts";
import { httpAbortWithStatus } from "./virtual-service/http-abort-with-status.ts";
import { httpFaults } from "./virtual-service/http-faults.ts";
import { httpRedirects } from "./virtual-service/http-redirects.ts";
import { httpRetries } from "./virtual-service/http-retries.ts";
import { httpRewrites } from "./virtual-service/http-rewrites.ts";
import { httpRouteActions } from "./virtual-service/http-route-actions.ts";
import { httpRouteHasTimeout } from "./virtual-service/http-route-has-timeout.ts";
import { httpRoutesOnHttpPort } from "./virtual-service/http-routes-on-http-port.ts";
import { internalGatewayUnbound } from "./virtual-service/internal-gateway-unbound.ts";
import { jwtClaimRouteAuthenticated } from "./virtual-service/jwt-claim-route-authenticated.ts";
import { matchSourceInMesh } from "./virtual-service/match-source-in-mesh.ts";
import { matchSourceIsDeclared } from "./virtual-service/match-source-is-declared.ts";
import { mergedRoutesReachable } from "./virtual-service/merged-routes-reachable.ts";
import { meshHostProvided } from "./virtual-service/mesh-host-provided.ts";
import { mirrorPercentages } from "./virtual-service/mirror-percentages.ts";
import { namedGatewayExists } from "./virtual-service/named-gateway-exists.ts";
import { noFaultInjection } from "./virtual-service/no-fault-injection.ts";
import { noMirroring } from "./virtual-service/no-mirroring.ts";
import { oneVirtualServicePerHost } from "./virtual-service/one-virtual-service-per-host.ts";
import { prefixMatches } from "./virtual-service/prefix-matches.ts";
import { regularExpressions } from "./virtual-service/regular-expressions.ts";
import { restIsRouted } from "./virtual-service/rest-is-routed.ts";
import { retriesFitTimeout } from "./virtual-service/retries-fit-timeout.ts";
import { retriesRepeatNothing } from "./virtual-service/retries-repeat-nothing.ts";
import { routeDestinations } from "./virtual-service/route-destinations.ts";
import { routeDestinationsDiffer } from "./virtual-service/route-destinations-differ.ts";
import { routeHostKnown } from "./virtual-service/route-host-known.ts";
import { routeKeepsAWayBack } from "./virtual-service/route-keeps-a-way-back.ts";
import { routeMatches } from "./virtual-service/route-matches.ts";
import { routeReachable } from "./virtual-service/route-reachable.ts";
import { routeWeights } from "./virtual-service/route-weights.ts";
import { routeWeightsArePercentages } from "./virtual-service/route-weights-are-percentages.ts";
import { routedSubsetExists } from "./virtual-service/routed-subset-exists.ts";
import { routesFitServer } from "./virtual-service/routes-fit-server.ts";
import { singleRouteWithoutWeight } from "./virtual-service/single-route-without-weight.ts";
import { subsetRoutedAtGateway } from "./virtual-service/subset-routed-at-gateway.ts";
import { timeoutCoversOneTry } from "./virtual-service/timeout-covers-one-try.ts";
import { tlsRoutes } from "./virtual-service/tls-routes.ts";
import { tlsRoutesByName } from "./virtual-service/tls-routes-by-name.ts";
import { virtualServiceExportedToGateway } from "./virtual-service/virtual-service-exported-to-gateway.ts";
import { virtualServiceHosts } from "./virtual-service/virtual-service-hosts.ts";
import { virtualServiceRoutes } from "./virtual-service/virtual-service-routes.ts";
import { virtualServiceSubsetExists } from "./virtual-service/virtual-service-subset-exists.ts";
import { virtualServicesShareNoHost } from "./virtual-service/virtual-services-share-no-host.ts";
import { wasmPlugins } from "./wasm-plugin/wasm-plugins.ts";
import { workloadEntries } from "./workload-entry/workload-entries.ts";
import { workloadEntryAddresses } from "./workload-entry/workload-entry-addresses.ts";
import { workloadGroupAccountExists } from "./workload-group/workload-group-account-exists.ts";
import { workloadGroups } from "./workload-group/workload-groups.ts";
import { workloadGroupsDiffer } from "./workload-group/workload-groups-differ.ts";
import { autoImageInjected } from "./workload/auto-image-injected.ts";
import { hasDisruptionBudget } from "./workload/has-disruption-budget.ts";
import { imagePinnedByDigest } from "./workload/image-pinned-by-digest.ts";
import { imageRegistryAllowed } from "./workload/image-registry-allowed.ts";
import { imageTagPinned } from "./workload/image-tag-pinned.ts";
import { proxyUserReserved } from "./workload/proxy-user-reserved.ts";
import { rolloutSubsetsExist } from "./workload/rollout-subsets-exist.ts";
import { runsTwice } from "./workload/runs-twice.ts";
import { servicesOfDeploymentAgree } from "./workload/services-of-deployment-agree.ts";
import { workloadHasAppAndVersionLabels } from "./workload/workload-has-app-and-version-labels.ts";
import { workloadHasAuthorizationPolicy } from "./workload/workload-has-authorization-policy.ts";
import { workloadHasReadinessProbe } from "./workload/workload-has-readiness-probe.ts";
import { workloadRequestsResources } from "./workload/workload-requests-resources.ts";

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
    clientAddressAtGateway,
    customProviderConfigured,
    denialsOfTcp,
    deniedIdentityNeedsStrict,
    dryRunEnds,
    gatewayIsAllowed,
    gatewaySeesClientAddress,
    identityNeedsMutualTls,
    matchedTokenValidated,
    namespaceDeniesByDefault,
    oneCustomProviderPerWorkload,
    operationHostKnown,
    operationMethodKnown,
    preflightWithoutToken,
    rulesJoinedByOr,
    sourceNamespaceExists,
    sourcePrincipalExists,
  ],
  "control-plane": [externalControlPlaneReachable, injectorWebhookUnambiguous, meshNetworksRegistryKnown],
  "destination-rule": [
    clientRuleKeepsSubsets,
    clientTls,
    connectionPools,
    consistentHashes,
    destinationRuleCredentialNeedsSelector,
    destinationRuleExportedToGateway,
    destinationRuleHostExists,
    destinationRuleHostKnown,
    destinationRuleHosts,
    destinationRuleKeepsTls,
    failoverDetectsOutliers,
    hostKeepsMutualTls,
    localityLoadBalancing,
    mutualTlsAccepted,
    mutualTlsNotOverridden,
    oneDestinationRulePerSubset,
    outlierDetection,
    outlierDetectionCanEject,
    plainTextAccepted,
    portLevelSettingsKeepTls,
    routedSubsetSelectsPods,
    serverCertificateVerified,
    subsetHasLabels,
    subsetNames,
    subsetSelectsPods,
    tlsOnce,
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
  "envoy-filter": [
    envoyFieldsKnown,
    envoyFilterOrderFixed,
    envoyFilterPatchFits,
    envoyFilterWarnings,
    envoyFilters,
    envoyTakesPatch,
    patchOnPodPort,
  ],
  "gateway-api": [
    gatewayApiCrdCurrent,
    gatewayApiGatewayExists,
    gatewayApiGatewaysDiffer,
    gatewayApiListenersDiffer,
    gatewayApiServiceExists,
    grantFromKnownNamespace,
    routeAttachesToListener,
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
    oneProtocolOnAPort,
    serverTlsCertificates,
    serverTlsSettings,
  ],
  namespace: [injectionLabelsAgree, namespaceInjectionChosen, revisionHasControlPlane],
  "peer-authentication": [
    meshRequiresMtls,
    mtlsNotWeakened,
    mutualTlsUsed,
    onePeerAuthenticationPerWorkload,
    peerAuthenticationPorts,
    plainTextUsed,
    portLevelMtlsOnPodPorts,
  ],
  release: [chartVersionPinned, gatewayNotAheadOfControlPlane, istioVersionsAgree],
  "request-authentication": [jwksFetchRestricted, jwksHasKey, jwtKeysPublic, jwtRules, tokenRequired],
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
    apiVersionServed,
    authenticationSelectsPods,
    exportTo,
    exportedToKnownNamespace,
    fieldTypes,
    fieldValues,
    kindKnown,
    knownFields,
    metadataAccepted,
    noDeprecatedField,
    policySelectorEffective,
    policyTargetExists,
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
    providerConfigured,
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
    delegateExists,
    delegateMatchInRoot,
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
    httpRoutesOnHttpPort,
    internalGatewayUnbound,
    jwtClaimRouteAuthenticated,
    matchSourceInMesh,
    matchSourceIsDeclared,
    mergedRoutesReachable,
    meshHostProvided,
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
    routesFitServer,
    singleRouteWithoutWeight,
    subsetRoutedAtGateway,
    timeoutCoversOneTry,
    tlsRoutes,
    tlsRoutesByName,
    virtualServiceExportedToGateway,
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
    imagePinnedByDigest,
    imageRegistryAllowed,
    imageTagPinned,
    proxyUserReserved,
    rolloutSubsetsExist,
    runsTwice,
    servicesOfDeploymentAgree,
    workloadHasAppAndVersionLabels,
    workloadHasAuthorizationPolicy,
    workloadHasReadinessProbe,
    workloadRequestsResources,
  ],
} as const satisfies Record<string, readonly Rule[]>;

export const rules: readonly Rule[] = Object.values(rulesByKind).flat().map(asIstioctl);
