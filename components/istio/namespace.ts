/** Where the control plane and the tools live; Istio's samples and tools take it for granted. */
export const ISTIO_NAMESPACE = "istio-system";

/**
 * Where the gateways live. A gateway may read all Secrets of its namespace, for its certificates: beside the control plane
 * that would be the mesh's root key.
 * @see https://istio.io/latest/docs/setup/additional-setup/gateway/#deploying-a-gateway
 */
export const INGRESS_NAMESPACE = "istio-ingress";
export const EGRESS_NAMESPACE = "istio-egress";

/** All of them, in the order in which they are made. */
export const ISTIO_NAMESPACES = [ISTIO_NAMESPACE, INGRESS_NAMESPACE, EGRESS_NAMESPACE] as const;
