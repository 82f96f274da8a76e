import type { Rule } from "../../rule";
import { ambientHostUsesWaypoint } from "./ambient-host-uses-waypoint";
import { ambientNamespaceWithoutSidecars } from "./ambient-namespace-without-sidecars";
import { ambientPolicyUsesWaypoint } from "./ambient-policy-uses-waypoint";
import { ambientWorkloadHasWaypoint } from "./ambient-workload-has-waypoint";
import { authenticationSelectsPods } from "./authentication-selects-pods";
import { authorizationPolicySelectsPods } from "./authorization-policy-selects-pods";
import { destinationRuleHostKnown } from "./destination-rule-host-known";
import { enrolledWorkloadIsAmbient } from "./enrolled-workload-is-ambient";
import { exportedToKnownNamespace } from "./exported-to-known-namespace";
import { gatewayApiGatewayExists } from "./gateway-api-gateway-exists";
import { gatewayApiGatewaysDiffer } from "./gateway-api-gateways-differ";
import { gatewayApiListenersDiffer } from "./gateway-api-listeners-differ";
import { gatewayApiServiceExists } from "./gateway-api-service-exists";
import { gatewayHasPods } from "./gateway-has-pods";
import { gatewayHostsDoNotOverlap } from "./gateway-hosts-do-not-overlap";
import { gatewayNamedWithSlash } from "./gateway-named-with-slash";
import { gatewayRoutesShareNoHost } from "./gateway-routes-share-no-host";
import { gatewaysShareNoHost } from "./gateways-share-no-host";
import { grantFromKnownNamespace } from "./grant-from-known-namespace";
import { identityNeedsMutualTls } from "./identity-needs-mutual-tls";
import { mutualTlsAccepted } from "./mutual-tls-accepted";
import { mutualTlsNotOverridden } from "./mutual-tls-not-overridden";
import { mutualTlsUsed } from "./mutual-tls-used";
import { namedGatewayExists } from "./named-gateway-exists";
import { namedWaypointExists } from "./named-waypoint-exists";
import { oneDestinationRulePerSubset } from "./one-destination-rule-per-subset";
import { onePeerAuthenticationPerWorkload } from "./one-peer-authentication-per-workload";
import { oneSidecarPerPod } from "./one-sidecar-per-pod";
import { operationHostKnown } from "./operation-host-known";
import { operationMethodKnown } from "./operation-method-known";
import { outboundModeWritten } from "./outbound-mode-written";
import { plainTextAccepted } from "./plain-text-accepted";
import { plainTextUsed } from "./plain-text-used";
import { portNameFitsProtocol } from "./port-name-fits-protocol";
import { rootSidecarWithoutSelector } from "./root-sidecar-without-selector";
import { routeDestinationsDiffer } from "./route-destinations-differ";
import { routeHostKnown } from "./route-host-known";
import { routedSubsetSelectsPods } from "./routed-subset-selects-pods";
import { serviceEntriesAgreeOnProtocol } from "./service-entries-agree-on-protocol";
import { serviceEntriesShareNoPort } from "./service-entries-share-no-port";
import { servicePortOnPods } from "./service-port-on-pods";
import { servicePortTellsProtocol } from "./service-port-tells-protocol";
import { sidecarEgressHostKnown } from "./sidecar-egress-host-known";
import { sidecarOrAmbient } from "./sidecar-or-ambient";
import { sidecarSelectorSelectsPods } from "./sidecar-selector-selects-pods";
import { singleRouteWithoutWeight } from "./single-route-without-weight";
import { sourceNamespaceExists } from "./source-namespace-exists";
import { sourcePrincipalExists } from "./source-principal-exists";
import { subsetHasLabels } from "./subset-has-labels";
import { unroutedSubsetSelectsPods } from "./unrouted-subset-selects-pods";
import { virtualServiceSubsetExists } from "./virtual-service-subset-exists";
import { virtualServicesShareNoHost } from "./virtual-services-share-no-host";
import { workloadGroupAccountExists } from "./workload-group-account-exists";
import { workloadGroupsDiffer } from "./workload-groups-differ";
import { workloadHasAuthorizationPolicy } from "./workload-has-authorization-policy";

/** What Kiali would say on a cluster. */
export const kialiRules: readonly Rule[] = [
  ambientHostUsesWaypoint,
  ambientNamespaceWithoutSidecars,
  ambientPolicyUsesWaypoint,
  ambientWorkloadHasWaypoint,
  authenticationSelectsPods,
  authorizationPolicySelectsPods,
  destinationRuleHostKnown,
  enrolledWorkloadIsAmbient,
  exportedToKnownNamespace,
  gatewayApiGatewayExists,
  gatewayApiGatewaysDiffer,
  gatewayApiListenersDiffer,
  gatewayApiServiceExists,
  gatewayHasPods,
  gatewayHostsDoNotOverlap,
  gatewayNamedWithSlash,
  gatewayRoutesShareNoHost,
  gatewaysShareNoHost,
  grantFromKnownNamespace,
  identityNeedsMutualTls,
  mutualTlsAccepted,
  mutualTlsNotOverridden,
  mutualTlsUsed,
  namedGatewayExists,
  namedWaypointExists,
  oneDestinationRulePerSubset,
  onePeerAuthenticationPerWorkload,
  oneSidecarPerPod,
  operationHostKnown,
  operationMethodKnown,
  outboundModeWritten,
  plainTextAccepted,
  plainTextUsed,
  portNameFitsProtocol,
  rootSidecarWithoutSelector,
  routeDestinationsDiffer,
  routeHostKnown,
  routedSubsetSelectsPods,
  serviceEntriesAgreeOnProtocol,
  serviceEntriesShareNoPort,
  servicePortOnPods,
  servicePortTellsProtocol,
  sidecarEgressHostKnown,
  sidecarOrAmbient,
  sidecarSelectorSelectsPods,
  singleRouteWithoutWeight,
  sourceNamespaceExists,
  sourcePrincipalExists,
  subsetHasLabels,
  unroutedSubsetSelectsPods,
  virtualServiceSubsetExists,
  virtualServicesShareNoHost,
  workloadGroupAccountExists,
  workloadGroupsDiffer,
  workloadHasAuthorizationPolicy,
];
