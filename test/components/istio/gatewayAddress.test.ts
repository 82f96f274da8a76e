import { describe, expect, it } from "vitest";
import { Istio, type IstioArgs } from "../../../components/istio/istio.ts";
import { record } from "../../recorder.ts";

/** The address of the mesh's gateway, and the ids by which the program read what is there. */
async function addressOf(args: Partial<IstioArgs>, status: object = {}) {
  const reads: string[] = [];
  let mesh: Istio | undefined;
  const resources = await record(
    () => {
      mesh = new Istio("istio", { version: "1.31.1", profile: "demo", ...args });
    },
    /./,
    {
      found: ({ type, id }) => {
        reads.push(`${type} ${id}`);
        return { status };
      },
    },
  );
  const { address } = mesh?.ingressGateway ?? {};
  const output = address as unknown as { promise(): Promise<string | undefined> } | undefined;
  return { reads, address: await output?.promise(), resources };
}

const SERVICE = "kubernetes:core/v1:Service";
const at = (ingress: object) => ({ loadBalancer: { ingress: [ingress] } });

describe("the address of the ingress gateway", () => {
  it("is the host name that the load balancer got, or its IP address", async () => {
    const hostname = "k8s-mesh-0a1b2c3d4e.elb.eu-west-1.amazonaws.com";
    expect(await addressOf({}, at({ hostname }))).toMatchObject({
      reads: [`${SERVICE} istio-ingress/istio-ingressgateway`],
      address: hostname,
    });
    expect((await addressOf({}, at({ ip: "192.0.2.7" }))).address).toBe("192.0.2.7");
  });

  it("is none where the cluster has given none", async () => {
    expect((await addressOf({}, {})).address).toBeUndefined();
    expect((await addressOf({}, { loadBalancer: {} })).address).toBeUndefined();
  });

  it.each<[string, Partial<IstioArgs>]>([
    ["the gateway's type", { ingressGateway: { type: "NodePort" } }],
    ["the chart's own values", { values: { ingressGateway: { service: { type: "ClusterIP" } } } }],
  ])("is not looked for where %s make no load balancer", async (_whose, args) => {
    expect(await addressOf(args, at({ ip: "192.0.2.7" }))).toMatchObject({ reads: [], address: undefined });
  });

  it("is that of the Service as the chart's values name it", async () => {
    const { reads } = await addressOf({ values: { ingressGateway: { name: "door" } } });
    expect(reads).toEqual([`${SERVICE} istio-ingress/door`]);
  });

  it("makes nothing of its own", async () => {
    const { resources } = await addressOf({});
    expect(resources.filter(({ type }) => type === SERVICE)).toEqual([]);
  });
});
