import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Values } from "./values.ts";

/**
 * Host name or IP address of the load balancer before a gateway, read from its Service; unknown until the gateway is there.
 *
 * @param values all that the gateway's chart gets
 * @returns nothing where they make no load balancer
 */
export function gatewayAddress(
  name: string,
  release: k8s.helm.v3.Release,
  values: Values,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string | undefined> | undefined {
  const chart = values as { readonly name?: string; readonly service?: { readonly type?: string } };
  // A load balancer is what the chart makes without a word.
  if ((chart.service?.type ?? "LoadBalancer") !== "LoadBalancer") return undefined;
  const { namespace, name: releaseName } = release.status;
  // What a Release that is still to be made says of itself is unknown, and so nothing is read for it.
  const id = pulumi.interpolate`${namespace}/${chart.name ?? releaseName}`;
  const service = k8s.core.v1.Service.get(name, id, { ...options, dependsOn: release });
  return service.status.apply((status) => {
    const [ingress] = (status as Status | undefined)?.loadBalancer?.ingress ?? [];
    return ingress?.hostname ?? ingress?.ip;
  });
}

/** The SDK's type promises more than a cluster does. */
interface Status {
  readonly loadBalancer?: { readonly ingress?: readonly { readonly hostname?: string; readonly ip?: string }[] };
}
