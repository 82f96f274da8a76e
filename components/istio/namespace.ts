/** Where the control plane and its gateways live; Istio's samples and tools take it for granted. */
export const ISTIO_NAMESPACE = "istio-system";
