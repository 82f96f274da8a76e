// What the mesh adds to one request: the same client and server with a sidecar each, and without.
import { policyArgs, pulumi, type Stack } from "../stack/stack.ts";
import { instanceOf, type TestbedTarget } from "../stack/target.ts";
import { ByHand, resourcesOf } from "./byHand.ts";
import { rowOf, TURNS } from "./compared.ts";
import { startInPod } from "./inPods.ts";
import type { Measured } from "./part.ts";

const PLAIN = "bench-plain";
const REQUESTS = 2000;
const NAMES = ["ratings", "sleep"];

/** Requests one after the other over one connection; prints the median time of one, in ms. */
const CALLS = `
const { Agent, get } = require("node:http");
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const times = [];
const one = () => new Promise((resolve, reject) => {
  const start = process.hrtime.bigint();
  get({ host: "ratings", port: 9080, path: "/ratings/0", agent }, (response) => {
    response.resume().on("end", () => {
      if (response.statusCode !== 200) reject(new Error("status " + response.statusCode));
      times.push(Number(process.hrtime.bigint() - start) / 1e6);
      resolve();
    });
  }).on("error", reject);
});
(async () => {
  for (let i = 0; i < ${REQUESTS}; i++) await one();
  console.log(JSON.stringify(times.sort((a, b) => a - b)[times.length >> 1]));
  process.exit();
})();
`;

export async function benchLatency(stack: Stack): Promise<Measured> {
  await pulumi(stack, "up", ["--yes", "--skip-preview", ...policyArgs("local")]);
  const resources = await resourcesOf(stack);
  const hand = new ByHand(stack.name, instanceOf(stack.target as TestbedTarget).kubeconfig, resources);
  await hand.apply("plain-namespace", [{ apiVersion: "v1", kind: "Namespace", metadata: { name: PLAIN } }]);
  const copies = resources
    .filter(({ inputs: { kind = "" } }) => ["Deployment", "Service", "ServiceAccount"].includes(kind))
    .filter(({ inputs: { metadata } }) =>
      NAMES.includes(/(?:bookinfo-)?([a-z]+)/.exec(metadata?.name ?? "")?.[1] ?? ""),
    )
    .map(({ inputs }) => ({ ...inputs, metadata: { ...inputs.metadata, namespace: PLAIN } }));
  await hand.apply("plain", copies);
  for (const name of NAMES) await hand.rolledOut(PLAIN, `${name}-v1`);

  const times = { meshed: [] as number[], plain: [] as number[] };
  for (let turn = 0; turn < TURNS; turn += 1) {
    times.meshed.push(await medianIn(stack, "bookinfo"));
    times.plain.push(await medianIn(stack, PLAIN));
  }
  return {
    rows: [rowOf("a request through two sidecars", "the same without", times.meshed, times.plain, "ms")],
    reason: "two proxies are on its way, which encrypt it, count it and decide about it",
  };
}

async function medianIn(stack: Stack, namespace: string): Promise<number> {
  const running = await startInPod<number>(stack, { deployment: "sleep-v1", container: "sleep", namespace }, CALLS);
  const [median = NaN] = await running.ended();
  return median;
}
