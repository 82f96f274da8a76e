import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { INGRESS_NAMESPACE, ISTIO_NAMESPACE } from "../istio/namespace.ts";
import { owned } from "../ownership.ts";
import { addonList, addonNames } from "./addons.ts";
import { oauth2Proxy } from "./addons/oauth2Proxy.ts";

/** What the charts label their pods with, each with the name of its tool. */
const LABEL = "app.kubernetes.io/name";

/**
 * Lets only those reach the tools who have business there: what runs beside them, and the ingress gateway, behind which they
 * may be exposed; some ports are for every pod. Policies add up: one of the user's lets others in.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function limitVisitors(parent: pulumi.Resource, dependsOn: pulumi.Resource, hasLogin: boolean): void {
  const policy = (name: string, tools: readonly string[], ingress: object) =>
    new k8s.networking.v1.NetworkPolicy(
      name,
      {
        metadata: { name, namespace: ISTIO_NAMESPACE, annotations: owned },
        spec: {
          podSelector: { matchExpressions: [{ key: LABEL, operator: "In", values: [...tools] }] },
          policyTypes: ["Ingress"],
          ingress: [ingress],
        },
      },
      { parent, dependsOn },
    );

  const gateway = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": INGRESS_NAMESPACE } } };
  policy("observability-visitors", [...addonNames, ...(hasLogin ? [oauth2Proxy.name] : [])], {
    from: [{ podSelector: {} }, gateway],
  });
  for (const { name, openPorts } of addonList) {
    if (!openPorts) continue;
    const ports = openPorts.ports.map((port) => ({ protocol: "TCP", port }));
    policy(`observability-${openPorts.what}`, [name], { ports });
  }
}
