import { UNKNOWN, type Field } from "../field.ts";
import { labelAt } from "./namespaces.ts";

/** Whether labels are those of a waypoint, or may be. */
export function mayBeWaypoint(labels: Field): boolean {
  const manager = labelAt(labels, "gateway.istio.io/managed");
  const gateway = labelAt(labels, "gateway.networking.k8s.io/gateway-name");
  if (manager === UNKNOWN || gateway === UNKNOWN || manager === "istio.io-mesh-controller") return true;
  return gateway?.toLowerCase().includes("waypoint") === true;
}

/** Whether labels are those of a gateway of any kind of installation, or may be. */
export function mayBeGateway(labels: Field): boolean {
  const component = labelAt(labels, "operator.istio.io/component");
  const istio = labelAt(labels, "istio");
  const name = labelAt(labels, "istio.io/gateway-name");
  const manager = labelAt(labels, "gateway.istio.io/managed");
  if (component === "IngressGateways" || component === "EgressGateways" || name !== undefined) return true;
  if (istio === "ingressgateway" || istio === "egressgateway" || manager === "istio.io-gateway-controller") return true;
  return [component, istio, manager].includes(UNKNOWN);
}
