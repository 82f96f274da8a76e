// A load balancer that goes on sending to a gateway's pod after it was told that the pod goes, as AWS's does for up to
// three minutes: the pod has to take each connection. Costs about five minutes.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../lib/process.ts";
import { Clone } from "../e2e/clone.ts";
import { Inside } from "../e2e/insideCalls.ts";
import { imageWithNode } from "../e2e/outsideHost.ts";

/** For so long a Network Load Balancer has been seen to send, in seconds. */
const SENDS = 180;
const NAMESPACE = "load-balancer";
const GATEWAY = ["-n", "istio-ingress", "get", "pods", "-l", "istio=ingressgateway"];

/** Opens ten connections a second, each with one request, and prints at the end how they went. */
const LOOP = `
  const http = require("node:http");
  const [host, seconds] = process.argv.slice(1);
  const seen = {};
  const begin = Date.now();
  const note = (what) => { seen[what] = (seen[what] ?? 0) + 1; };
  const timer = setInterval(() => {
    if (Date.now() - begin > Number(seconds) * 1000) {
      clearInterval(timer);
      setTimeout(() => console.log(JSON.stringify(seen)), 5000);
      return;
    }
    const headers = { host: "bookinfo.localhost" };
    http
      .get({ host, port: 80, path: "/productpage", headers, agent: false, signal: AbortSignal.timeout(4000) }, (answer) => {
        answer.resume();
        note(answer.statusCode);
      })
      .on("error", (error) => note(error.code ?? error.message));
  }, 100);
`;

describe("a gateway behind a Network Load Balancer", () => {
  let clone: Clone;
  let inside: Inside;
  let going: string;

  beforeAll(async () => {
    clone = await Clone.of();
    clone.configure((config) => ({
      ...config,
      "mesh:observability": { enabled: false },
      "mesh:istio": { ingressGateway: { nlb: {} } },
    }));
    await clone.makeWell("up");
    inside = new Inside(clone.kubeconfig);
  }, 600_000);
  afterAll(async () => {
    await inside.kubectl("-n", "istio-ingress", "delete", "pod", going, "--force", "--grace-period=0");
    await clone.make("down");
    clone.remove();
  });

  it("refuses no connection for as long as the load balancer may send to a pod that goes", async () => {
    const [pod = "", address = ""] = (
      await inside.kubectl(...GATEWAY, "-o", "jsonpath={.items[0].metadata.name} {.items[0].status.podIP}")
    ).split(" ");
    going = pod;
    await inside.kubectl("-n", "istio-ingress", "delete", "pod", pod, "--wait=false");
    await send(inside, address);
    const log = () => inside.kubectl("-n", NAMESPACE, "logs", "sender");
    const seen = await until("the end of the loop", SENDS + 60, async () => {
      const text = (await log()).trim();
      return text === "" ? undefined : (JSON.parse(text) as Record<string, number>);
    });
    const { 200: answered = 0, ...others } = seen;
    expect(others).toEqual({});
    // Ten a second, less what a busy machine leaves out.
    expect(answered).toBeGreaterThan(SENDS * 5);
    // All of it went to the pod that goes: it is still there, and has been going since before the first request.
    const left = await inside.kubectl(...GATEWAY, "-o", `jsonpath={.items[?(@.metadata.name=="${pod}")].metadata}`);
    expect(JSON.parse(left)).toHaveProperty("deletionTimestamp");
  }, 400_000);
});

/** Starts the loop on the node, outside the mesh, as a load balancer is. */
async function send(inside: Inside, address: string): Promise<void> {
  const image = await imageWithNode(inside);
  await inside.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } });
  await inside.apply({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "sender", namespace: NAMESPACE },
    spec: {
      hostNetwork: true,
      restartPolicy: "Never",
      containers: [{ name: "sender", image, command: ["node", "-e", LOOP, address, String(SENDS)] }],
    },
  });
}
