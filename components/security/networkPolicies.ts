import type * as k8s from "@pulumi/kubernetes";
import { ISTIO_NAMESPACE } from "../istio/namespace.ts";
import { gatewayPods, isGateway, type Member, type Members } from "./members.ts";
import type { AccessSection, Caller } from "./securitySection.ts";

type NetworkPolicySpec = k8s.types.input.networking.v1.NetworkPolicySpec;
type Peer = k8s.types.input.networking.v1.NetworkPolicyPeer;

/** Ports of a sidecar: metrics of both, its health, and Envoy's own metrics. */
const SIDECAR_PORTS = [15020, 15021, 15090];

const inNamespace = (name: string) => ({ matchLabels: { "kubernetes.io/metadata.name": name } });

function peersOf(caller: Caller, members: Members, from: string): Peer[] {
  if (typeof caller === "string") {
    if (isGateway(caller)) {
      const { namespace, labels } = gatewayPods(caller);
      return [{ namespaceSelector: inNamespace(namespace), podSelector: { matchLabels: labels } }];
    }
    return members.named(caller, from).map(({ name, namespace }) => ({
      namespaceSelector: inNamespace(namespace),
      podSelector: { matchLabels: { app: name } },
    }));
  }
  // At the network, nobody knows accounts.
  const namespace = "namespace" in caller ? caller.namespace : (caller.serviceAccount.split("/")[0] ?? "");
  return [{ namespaceSelector: inNamespace(namespace) }];
}

/**
 * The `spec` of a NetworkPolicy: who reaches the pods of a service at all, and Prometheus, which reads what they count.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function networkPolicySpec(
  member: Member,
  access: readonly AccessSection[],
  members: Members,
): NetworkPolicySpec {
  const { name, namespace, args } = member;
  const peers = access.flatMap(({ from }) => from.flatMap((caller) => peersOf(caller, members, namespace)));
  const different = [...new Map(peers.map((peer) => [JSON.stringify(peer), peer])).values()];
  return {
    podSelector: { matchLabels: { app: name } },
    policyTypes: ["Ingress"],
    ingress: [
      ...(different.length > 0 && typeof args.port === "number"
        ? [{ from: different, ports: [{ protocol: "TCP", port: args.port }] }]
        : []),
      {
        from: [{ namespaceSelector: inNamespace(ISTIO_NAMESPACE) }],
        ports: SIDECAR_PORTS.map((port) => ({ protocol: "TCP", port })),
      },
    ],
  };
}
