import { describe, expect, it } from "vitest";
import { stepsIn } from "../../../tools/preview/events.ts";
import { reachText } from "../../../tools/preview/reach.ts";
import { recorded, stepOf } from "./recordings.ts";

const CLUSTER = "aws:eks/cluster:Cluster";
const RELEASE = "kubernetes:helm.sh/v3:Release";
const SCHEME = "service.beta.kubernetes.io/aws-load-balancer-scheme";

const api = (publicAccessCidrs?: string[]) => ({
  name: "c",
  vpcConfig: { endpointPublicAccess: publicAccessCidrs !== undefined, publicAccessCidrs },
});
const gateway = (service: object) => ({ chart: "gateway", name: "istio-ingressgateway", values: { service } });
const nlb = (scheme: string, more = {}) => ({
  loadBalancerClass: "service.k8s.aws/nlb",
  annotations: { [SCHEME]: scheme },
  ports: [{ port: 443 }],
  ...more,
});
const hosts = (host: string, istio = "ingressgateway") =>
  stepOf({
    type: "kubernetes:networking.istio.io/v1:Gateway",
    after: { spec: { selector: { istio }, servers: [{ hosts: [host] }] } },
  });

describe("what the internet reaches", () => {
  it("is nothing in a cluster that keeps to itself", () => {
    expect(reachText(stepsIn(recorded("size")))).toEqual(["nothing"]);
    expect(reachText([stepOf({ type: RELEASE, after: gateway(nlb("internal")) }), hosts("a.example.com")])).toEqual([
      "nothing",
    ]);
  });

  it("is the gateway of prod, with its host", () => {
    expect(reachText(stepsIn(recorded("prod")))).toEqual([
      "new: the load balancer of istio-ingressgateway, port 443, from 0.0.0.0/0, for bookinfo.example.com",
    ]);
  });

  it("is a load balancer of both families from everywhere by both, or from the ranges that it names", () => {
    const { annotations } = nlb("internet-facing");
    const both = { ...annotations, [SCHEME.replace("scheme", "ip-address-type")]: "dualstack" };
    const lines = (more: object) =>
      reachText([stepOf({ type: RELEASE, after: gateway(nlb("internet-facing", { annotations: both, ...more })) })]);
    expect(lines({})).toEqual(["new: the load balancer of it, port 443, from 0.0.0.0/0, ::/0"]);
    expect(lines({ loadBalancerSourceRanges: ["2001:db8::/32"] })).toEqual([
      "new: the load balancer of it, port 443, from 2001:db8::/32",
    ]);
  });

  it.each(["oci://registry.example.com/charts/gateway", "./charts/gateway", "/charts/gateway-1.31.1.tgz"])(
    "is the gateway of the chart %s",
    (chart) => {
      const after = { ...gateway(nlb("internet-facing")), chart };
      expect(reachText([stepOf({ type: RELEASE, after })])).toEqual([
        expect.stringContaining("new: the load balancer of it, port 443, from 0.0.0.0/0"),
      ]);
      expect(reachText([stepOf({ type: RELEASE, after: { ...after, chart: `${chart}way` } })])).toEqual(["nothing"]);
    },
  );

  it("are hosts of the gateways behind it, and of no other", () => {
    const service = nlb("internet-facing", { loadBalancerSourceRanges: ["198.51.100.0/24"] });
    const all = [hosts("a.example.com"), hosts("b.example.com", "egressgateway"), hosts("a.example.com")];
    expect(reachText([stepOf({ type: RELEASE, after: gateway(service) }), ...all])).toEqual([
      "new: the load balancer of it, port 443, from 198.51.100.0/24, for a.example.com",
    ]);
  });

  it("is the API server, from the ranges that it names, or from everywhere", () => {
    expect(reachText(stepsIn(recorded("risky")))).toEqual(["new: the API server of mesh-team, from 198.51.100.0/24"]);
    expect(reachText([stepOf({ type: CLUSTER, before: api(), after: api([]) })])).toEqual([
      "new: the API server of c, from 0.0.0.0/0",
    ]);
    const ipv6 = { ...api([]), kubernetesNetworkConfig: { ipFamily: "ipv6" } };
    expect(reachText([stepOf({ type: CLUSTER, after: ipv6 })])).toEqual([
      "new: the API server of c, from 0.0.0.0/0, ::/0",
    ]);
  });

  it("is told where it is no longer, and where it stays", () => {
    const [open, closed] = [api(["198.51.100.0/24"]), api()];
    const line = "the API server of c, from 198.51.100.0/24";
    expect(reachText([stepOf({ type: CLUSTER, before: open, after: closed })])).toEqual([`no longer: ${line}`]);
    expect(reachText([stepOf({ type: CLUSTER, op: "same", before: open, after: open })])).toEqual([line]);
  });

  it("is for the cluster to say where the load balancer is not one of AWS", () => {
    expect(reachText([stepOf({ type: RELEASE, after: gateway({}) })])).toEqual([
      "new: the load balancer of it, port 15021, 80, 443, from 0.0.0.0/0, as far as the cluster's own load balancers are on the internet",
    ]);
    expect(reachText([stepOf({ type: RELEASE, after: gateway({ type: "NodePort" }) })])).toEqual(["nothing"]);
  });

  it("are Services of one's own as well", () => {
    const service = {
      metadata: { annotations: { [SCHEME]: "internet-facing" } },
      spec: { type: "LoadBalancer", ports: [{ port: 80 }] },
    };
    expect(reachText([stepOf({ type: "kubernetes:core/v1:Service", after: service })])).toEqual([
      "new: the load balancer of it, port 80, from 0.0.0.0/0",
    ]);
  });
});
