import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";
import { settingsProblems } from "../../settings/parse.ts";
import { the, type Recorded } from "../recorder.ts";
import { DependencyGraph, keyOf, urns } from "./graph.ts";
import { runStack, stackFile } from "./program.ts";

type Run = Awaited<ReturnType<typeof runStack>>;

const ofType = (resources: readonly Recorded[], type: RegExp) => resources.filter((each) => type.test(each.type));
const releases = (resources: readonly Recorded[], name: RegExp) =>
  ofType(resources, /:Release$/).filter((each) => name.test(each.name));

const isSecret = (output: pulumi.Output<string> | undefined) => output !== undefined && pulumi.isSecret(output);

/** What a stack on EKS consists of, in the order in which it is destroyed. */
const LAYERS: readonly [what: string, find: (resources: readonly Recorded[]) => readonly Recorded[]][] = [
  ["gateways", (all) => releases(all, /(in|e)gress$/)],
  ["istiod", (all) => releases(all, /istiod/)],
  ["base", (all) => releases(all, /base$/)],
  ["load balancer controller", (all) => releases(all, /load-balancer-controller$/)],
  ["nodes", (all) => ofType(all, /:NodeGroup$/)],
  ["cluster", (all) => ofType(all, /^eks:index:Cluster$/)],
  ["ways out", (all) => ofType(all, /:(NatGateway|RouteTableAssociation|Route)$/)],
  ["network", (all) => ofType(all, /:Vpc$/)],
];

describe.each(["dev", "staging", "prod"])("the stack %s", (stack) => {
  let run: Run;
  let graph: DependencyGraph;
  const resources = () => run.resources;
  const before = (resource: Recorded) => graph.before(resource);
  beforeAll(async () => {
    run = await runStack(stackFile(stack));
    graph = new DependencyGraph(run.resources);
  }, 120_000);

  it("has a file in which nothing is wrong", () => {
    expect(settingsProblems(stackFile(stack))).toEqual([]);
  });

  // A renamed resource is a replaced one. Look at the difference, then: vitest -u
  it("consists of the resources that it always had", async () => {
    await expect(`${urns(resources()).join("\n")}\n`).toMatchFileSnapshot(`${stack}.txt`);
  });

  it("is the same in a preview", async () => {
    const preview = await runStack(stackFile(stack), { preview: true });
    expect(urns(preview.resources)).toEqual(urns(resources()));
  });

  describe("on the way down", () => {
    it.each(LAYERS.slice(1).map(([what, find], index) => [LAYERS[index]?.[0] ?? "", what, find, index] as const))(
      "%s go before: %s",
      (_above, _below, find, index) => {
        const above = LAYERS[index]?.[1](resources()) ?? [];
        const below = find(resources());
        expect(above.length * below.length).toBeGreaterThan(0);
        for (const upper of above) for (const lower of below) expect(before(upper)).toContain(keyOf(lower));
      },
    );

    it("no layer begins to go before the one above it has gone", () => {
      const steps = graph.deletionSteps();
      const stepOf = (resource: Recorded) => steps.findIndex((step) => step.includes(keyOf(resource)));
      const spans = LAYERS.map(([what, find]) => ({ what, steps: find(resources()).map(stepOf) }));
      for (const [index, { what, steps: lower }] of spans.slice(1).entries()) {
        expect(Math.min(...lower), what).toBeGreaterThan(Math.max(...(spans[index]?.steps ?? [])));
      }
    });

    it("pods and routes go before istiod", () => {
      const all = ofType(resources(), /:(Deployment|Gateway|VirtualService|DestinationRule)$/);
      expect(all.length).toBeGreaterThan(8);
      const [istiod] = releases(resources(), /istiod/);
      for (const each of all) expect(before(each), each.name).toContain(istiod && keyOf(istiod));
    });

    it("no load balancer stays behind, for which the VPC would stay too (terraform-aws-eks-blueprints#1843, pulumi-eks#194)", () => {
      // The gateway's Release is gone once its Service is, and that once its controller has deleted the load balancer.
      const gateway = the(resources(), "Release", "istio-ingress");
      expect(gateway.inputs).toMatchObject({ atomic: true });
      expect(gateway.inputs).not.toHaveProperty("skipAwait");
      const name = "cluster-load-balancer-controller";
      for (const needed of [
        `kubernetes:helm.sh/v3:Release ${name}`,
        `aws:eks/podIdentityAssociation:PodIdentityAssociation ${name}`,
        `aws:iam/rolePolicy:RolePolicy ${name}`,
        "aws:eks/addon:Addon cluster-node-eks-pod-identity-agent",
        "aws:eks/addon:Addon cluster-addon-coredns",
        "aws:ec2/route:Route cluster-network-private-a",
      ]) {
        expect(before(gateway), needed).toContain(needed);
      }
    });

    it("the controller stays until the gateway's namespace is empty: no Service hangs on its finalizer (aws-load-balancer-controller#2200)", () => {
      expect(before(the(resources(), "Namespace", "istio-ingress"))).toContain(
        "kubernetes:helm.sh/v3:Release cluster-load-balancer-controller",
      );
    });

    it("whatever is in the cluster goes while there are nodes, names, ways out and leave to come in", () => {
      const needed = ofType(
        resources(),
        /:(NodeGroup|AccessEntry|AccessPolicyAssociation|Addon|RouteTableAssociation)$/,
      );
      for (const each of ofType(resources(), /^kubernetes:/)) {
        for (const other of needed) expect(before(each), each.name).toContain(keyOf(other));
      }
    });

    it("the network plugin and its role stay until the nodes have gone: no interface dangles (pulumi-eks#779)", () => {
      for (const group of ofType(resources(), /:NodeGroup$/)) {
        for (const needed of [
          "eks:index:Cluster cluster-control",
          "aws:eks/podIdentityAssociation:PodIdentityAssociation cluster-node-vpc-cni",
          "aws:iam/rolePolicyAttachment:RolePolicyAttachment cluster-node-vpc-cni-AmazonEKS_CNI_Policy",
          "aws:eks/addon:Addon cluster-node-eks-pod-identity-agent",
        ]) {
          expect(before(group), needed).toContain(needed);
        }
      }
    });

    it("no gateway is in the way of the pods, nor do pods wait for one", () => {
      for (const each of ofType(resources(), /:Deployment$/)) {
        expect([...before(each)].filter((key) => /Release istio-(in|e)gress$/.test(key))).toEqual([]);
      }
    });
  });

  it("has a Network Load Balancer of the class that its cluster serves, from the start (istio#35490)", () => {
    const { values } = the(resources(), "Release", "istio-ingress").inputs;
    expect(values).toMatchObject({ service: { loadBalancerClass: "service.k8s.aws/nlb" } });
    expect(the(resources(), "Namespace", "istio-ingress").inputs.metadata).toMatchObject({
      labels: { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" },
    });
  });

  it("is on the internet where its file says so, and nowhere else", () => {
    const text = JSON.stringify(stackFile(stack));
    const { values } = the(resources(), "Release", "istio-ingress").inputs;
    expect(JSON.stringify(values).includes("internet-facing")).toBe(text.includes("internet-facing"));
    const control = the(resources(), "eks:index:Cluster", "cluster-control").inputs;
    expect(control.endpointPublicAccess).toBe(text.includes("publicAccess"));
    expect(JSON.stringify(control)).not.toContain("0.0.0.0/0");
  });

  it("has nothing in its mesh that a first preview, or a policy, could not read", () => {
    const computed = ofType(resources(), /^kubernetes:/).filter((each) => each.computed.length > 0);
    // The load balancer controller has to be told of its VPC, and Grafana and Kiali of the names of their Secrets.
    const told = ["cluster-load-balancer-controller", ...(stack === "dev" ? ["grafana-release", "kiali-release"] : [])];
    expect(computed.map(({ name }) => name)).toEqual(told);
  });

  it("keeps the way into its cluster a secret, in its state and among its outputs", async () => {
    expect(the(resources(), "pulumi:providers:kubernetes", "cluster").secrets).toEqual(["kubeconfig"]);
    expect(await isSecret(run.outputs?.kubeconfig)).toBe(true);
    for (const each of ofType(resources(), /^(aws|eks):/)) {
      expect(JSON.stringify(each.inputs), each.name).not.toMatch(/password|secret_?key|BEGIN [A-Z ]*PRIVATE KEY/i);
    }
  });
});

describe("the stacks together", () => {
  const config = (stack: string) => JSON.stringify(stackFile(stack));

  it("have networks that can be connected: no two share an address", () => {
    const cidrs = ["dev", "staging", "prod"].map((stack) => /"cidr":"([^"]+)"/.exec(config(stack))?.[1]);
    expect(new Set(cidrs)).toEqual(new Set(["10.10.0.0/16", "10.20.0.0/16", "10.30.0.0/16"]));
  });

  it("differ in what a loss would cost: prod alone is protected, and has a NAT gateway in each zone", async () => {
    const of = async (stack: string) => {
      const { resources } = await runStack(stackFile(stack));
      return {
        nats: ofType(resources, /:NatGateway$/).length,
        isProtected: resources.some(({ protect }) => protect),
        spot: ofType(resources, /:NodeGroup$/).some(({ inputs }) => inputs.capacityType === "SPOT"),
        pods: ofType(resources, /:PodDisruptionBudget$/).length > 0,
      };
    };
    expect(await of("dev")).toEqual({ nats: 1, isProtected: false, spot: true, pods: false });
    expect(await of("staging")).toEqual({ nats: 1, isProtected: false, spot: false, pods: true });
    expect(await of("prod")).toEqual({ nats: 3, isProtected: true, spot: false, pods: true });
  });
});

describe("an autoscaler", () => {
  it("of nodes of its own goes after the mesh, its nodes before it, and what they need after them", async () => {
    const { "mesh:cluster": cluster, ...others } = stackFile("staging");
    const { eks } = cluster as { eks: object };
    const autoscaler = { name: "karpenter", limits: { cpu: 100 } };
    const { resources } = await runStack({ ...others, "mesh:cluster": { eks: { ...eks, autoscaler } } });
    const graph = new DependencyGraph(resources);
    const pool = the(resources, "NodePool", "cluster-autoscaler-pool");
    for (const each of [...releases(resources, /istiod|gateway$/), ...ofType(resources, /:Deployment$/)]) {
      expect(graph.before(each), each.name).toContain(keyOf(pool));
    }
    for (const needed of [
      "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass cluster-autoscaler-class",
      "kubernetes:helm.sh/v3:Release cluster-autoscaler",
      "aws:eks/accessEntry:AccessEntry cluster-autoscaler-nodes",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment cluster-autoscaler-nodes-AmazonEKSWorkerNodePolicy",
      "aws:iam/rolePolicy:RolePolicy cluster-autoscaler",
      "aws:sqs/queuePolicy:QueuePolicy cluster-autoscaler",
      "aws:ec2/route:Route cluster-network-private-a",
    ]) {
      expect(graph.before(pool), needed).toContain(needed);
    }
  });

  it("is there before the mesh asks for nodes, and goes before the nodes do", async () => {
    const { "mesh:cluster": cluster, ...others } = stackFile("staging");
    const { eks } = cluster as { eks: object };
    const { resources } = await runStack({
      ...others,
      "mesh:cluster": { eks: { ...eks, autoscaler: "cluster-autoscaler" } },
    });
    const graph = new DependencyGraph(resources);
    const [autoscaler] = releases(resources, /^cluster-autoscaler$/);
    if (!autoscaler) throw new Error("there is no autoscaler");
    for (const each of [...releases(resources, /istiod|gateway$/), ...ofType(resources, /:Deployment$/)]) {
      expect(graph.before(each), each.name).toContain(keyOf(autoscaler));
    }
    for (const group of ofType(resources, /:NodeGroup$/)) expect(graph.before(autoscaler)).toContain(keyOf(group));
  });
});

describe("a cluster and its mesh in stacks of their own (pulumi-eks#352)", () => {
  const { "mesh:cluster": eksCluster, ...prod } = stackFile("prod");

  it.each(["demo", "production"])("is a cluster alone, which says how to get there: %s", async (profile) => {
    const { resources, outputs } = await runStack({
      "aws:region": "eu-west-1",
      "mesh:profile": profile,
      "mesh:scope": "cluster",
      "mesh:cluster": eksCluster,
    });
    expect(ofType(resources, /:Release$/).map(({ name }) => name)).toEqual(["cluster-load-balancer-controller"]);
    expect(outputs?.ingress).toBeUndefined();
    expect(outputs?.bookinfo).toBeUndefined();
    const docs = readFileSync(join(import.meta.dirname, "../../docs/eks.md"), "utf8");
    const parts = Object.keys(outputs?.cluster ?? {});
    expect(parts).toContain("clusterSecurityGroupId");
    for (const part of parts) expect(docs).toContain(`\`${part}\``);
    expect(await isSecret(outputs?.kubeconfig)).toBe(true);
  });

  it("is a mesh alone, with the load balancer of a mesh on EKS and no resource of AWS", async () => {
    const { resources } = await runStack(
      { ...prod, "mesh:cluster": { stackReference: "acme/mesh/prod-cluster" } },
      {
        outputs: ({ type }) =>
          type === "pulumi:pulumi:StackReference"
            ? { outputs: { kubeconfig: "{}" }, secretOutputNames: ["kubeconfig"] }
            : {},
        calls: { "pulumi:pulumi:readStackOutputs": () => ({ outputs: { kubeconfig: "{}" } }) },
      },
    );
    expect(ofType(resources, /^(aws|eks):/)).toEqual([]);
    const { values } = the(resources, "Release", "istio-ingress").inputs;
    expect(values).toMatchObject({ service: { loadBalancerClass: "service.k8s.aws/nlb" } });
  });
});
