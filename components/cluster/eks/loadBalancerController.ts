import * as pulumi from "@pulumi/pulumi";
import { eks } from "../../../versions.ts";
import { chartRelease } from "../../chartRelease.ts";
import type { ChartSource } from "../../istio/charts.ts";
import type { Profile } from "../../profile.ts";
import type { ControlPlane } from "./controlPlane.ts";
import { loadBalancerPolicy } from "./loadBalancerPolicy.ts";
import { podIdentity } from "./podIdentity.ts";

/** Where the controller runs. */
const NAMESPACE = "kube-system";
const NAME = "aws-load-balancer-controller";

interface LoadBalancerControllerArgs {
  /** Name of the cluster. */
  readonly cluster: string;
  readonly region: string;
  readonly vpcId: pulumi.Input<string>;
  readonly controlPlane: ControlPlane;
  readonly profile: Profile;
  /** @default - AWS's own repository */
  readonly charts?: ChartSource;
  /** @default - AWS's own on public.ecr.aws */
  readonly image?: string;
}

const officialCharts: ChartSource = { repository: "https://aws.github.io/eks-charts" };

/**
 * The controller that makes Network Load Balancers of Services. Whatever has such a Service depends on it, and so goes
 * first when a stack is destroyed: only the controller can take its load balancer down, and without that the VPC stays.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/
 */
export class LoadBalancerController extends pulumi.ComponentResource {
  constructor(name: string, args: LoadBalancerControllerArgs, options?: pulumi.ComponentResourceOptions) {
    super("mesh:cluster:LoadBalancerController", name, {}, options);
    const { cluster, region, vpcId, controlPlane, profile, charts = officialCharts } = args;

    const account = { cluster, controlPlane, namespace: NAMESPACE, serviceAccount: NAME };
    const identity = podIdentity(name, { ...account, policy: loadBalancerPolicy({ cluster, region }) }, this);
    const values = {
      ...loadBalancerControllerValues({ cluster, region, profile }),
      vpcId,
      ...(args.image !== undefined && { image: { repository: args.image } }),
    };
    chartRelease(
      name,
      { name: NAME, namespace: NAMESPACE, charts, version: eks.loadBalancerController, values },
      // A pod that starts before its identity is there never gets it.
      { parent: this, dependsOn: [identity] },
    );
    this.registerOutputs();
  }
}

/** Values of the chart: only what differs from it. */
export function loadBalancerControllerValues({
  cluster,
  region,
  profile,
}: Pick<LoadBalancerControllerArgs, "cluster" | "region" | "profile">) {
  return {
    clusterName: cluster,
    // Said, not asked of the node: pods cannot reach its metadata.
    region,
    serviceAccount: { name: NAME },
    // Else each upgrade makes a new certificate, which the API server does not know until the pods have it too.
    keepTLSSecret: true,
    // It would set the class of every Service. Ours have theirs, and no Service anywhere depends on this webhook.
    enableServiceMutatorWebhook: false,
    defaultTargetType: "ip",
    // Load balancers of Services only: nothing for Ingresses.
    createIngressClassResource: false,
    ingressClassParams: { create: false },
    enableShield: false,
    enableWaf: false,
    enableWafv2: false,
    resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "256Mi" } },
    ...(profile === "production" ? { podDisruptionBudget: { maxUnavailable: 1 } } : { replicaCount: 1 }),
  };
}
