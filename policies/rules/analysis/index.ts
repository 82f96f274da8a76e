import type { Rule } from "../../rule";
import { annotationNotAlpha } from "./annotation-not-alpha";
import { annotationValid } from "./annotation-valid";
import { authorizationPolicyEffective } from "./authorization-policy-effective";
import { authorizationPolicyNamespaceExists } from "./authorization-policy-namespace-exists";
import { autoImageInjected } from "./auto-image-injected";
import { boundGatewayExists } from "./bound-gateway-exists";
import { destinationHostExists } from "./destination-host-exists";
import { destinationRuleHostExists } from "./destination-rule-host-exists";
import { envoyFilterOrderFixed } from "./envoy-filter-order-fixed";
import { envoyFilterPatchFits } from "./envoy-filter-patch-fits";
import { externalControlPlaneReachable } from "./external-control-plane-reachable";
import { gatewayApiCrdCurrent } from "./gateway-api-crd-current";
import { gatewayCredentialValid } from "./gateway-credential-valid";
import { gatewayPortOnService } from "./gateway-port-on-service";
import { gatewaySelectsPods } from "./gateway-selects-pods";
import { gatewaysDoNotConflict } from "./gateways-do-not-conflict";
import { hostServedByGateway } from "./host-served-by-gateway";
import { injectionLabelsAgree } from "./injection-labels-agree";
import { injectorWebhookUnambiguous } from "./injector-webhook-unambiguous";
import { internalGatewayUnbound } from "./internal-gateway-unbound";
import { jwksFetchRestricted } from "./jwks-fetch-restricted";
import { jwtClaimRouteAuthenticated } from "./jwt-claim-route-authenticated";
import { asIstioctl } from "./lib/asIstioctl";
import { meshNetworksRegistryKnown } from "./mesh-networks-registry-known";
import { namespaceInjectionChosen } from "./namespace-injection-chosen";
import { noDeprecatedField } from "./no-deprecated-field";
import { oneGatewayPerCertificate } from "./one-gateway-per-certificate";
import { oneSidecarPerWorkload } from "./one-sidecar-per-workload";
import { oneTelemetryPerWorkload } from "./one-telemetry-per-workload";
import { oneVirtualServicePerHost } from "./one-virtual-service-per-host";
import { policySelectorEffective } from "./policy-selector-effective";
import { proxyUserReserved } from "./proxy-user-reserved";
import { routeReachable } from "./route-reachable";
import { routedSubsetExists } from "./routed-subset-exists";
import { serverCertificateVerified } from "./server-certificate-verified";
import { serviceAlikeInClusters } from "./service-alike-in-clusters";
import { serviceEntryHasAddresses } from "./service-entry-has-addresses";
import { serviceEntryProtocolsAgree } from "./service-entry-protocols-agree";
import { servicePortNamed } from "./service-port-named";
import { servicesOfDeploymentAgree } from "./services-of-deployment-agree";
import { sidecarEffective } from "./sidecar-effective";
import { sidecarSelectsPods } from "./sidecar-selects-pods";
import { subsetRoutedAtGateway } from "./subset-routed-at-gateway";
import { subsetSelectsPods } from "./subset-selects-pods";
import { telemetryProviderNamed } from "./telemetry-provider-named";
import { telemetrySelectsPods } from "./telemetry-selects-pods";
import { tracingProviderCurrent } from "./tracing-provider-current";

/** What `istioctl analyze` would say on a cluster. */
export const analysisRules: readonly Rule[] = [
  annotationNotAlpha,
  annotationValid,
  authorizationPolicyEffective,
  authorizationPolicyNamespaceExists,
  autoImageInjected,
  boundGatewayExists,
  destinationHostExists,
  destinationRuleHostExists,
  envoyFilterOrderFixed,
  envoyFilterPatchFits,
  externalControlPlaneReachable,
  gatewayApiCrdCurrent,
  gatewayCredentialValid,
  gatewayPortOnService,
  gatewaySelectsPods,
  gatewaysDoNotConflict,
  hostServedByGateway,
  injectionLabelsAgree,
  injectorWebhookUnambiguous,
  internalGatewayUnbound,
  jwksFetchRestricted,
  jwtClaimRouteAuthenticated,
  meshNetworksRegistryKnown,
  namespaceInjectionChosen,
  noDeprecatedField,
  oneGatewayPerCertificate,
  oneSidecarPerWorkload,
  oneTelemetryPerWorkload,
  oneVirtualServicePerHost,
  policySelectorEffective,
  proxyUserReserved,
  routeReachable,
  routedSubsetExists,
  serverCertificateVerified,
  serviceAlikeInClusters,
  serviceEntryHasAddresses,
  serviceEntryProtocolsAgree,
  servicePortNamed,
  servicesOfDeploymentAgree,
  sidecarEffective,
  sidecarSelectsPods,
  subsetRoutedAtGateway,
  subsetSelectsPods,
  telemetryProviderNamed,
  telemetrySelectsPods,
  tracingProviderCurrent,
].map(asIstioctl);
