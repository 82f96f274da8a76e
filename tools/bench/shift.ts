// Whether traffic suffers while weights change, and how soon a change is in force: a client in the mesh calls reviews at a
// fixed rate all the while, and every sidecar is asked for its routes.
import { policyArgs, pulumi, type Stack } from "../stack/stack.ts";
import { instanceOf, type TestbedTarget } from "../stack/target.ts";
import { ByHand, resourcesOf } from "./byHand.ts";
import { compared, spreadOf, type Row } from "./compared.ts";
import { emptyStack } from "./emptyStack.ts";
import { startInPod, type Place } from "./inPods.ts";
import type { Measured } from "./part.ts";
import { set } from "./settings.ts";

const RATE = 200;
const CHANGES = 10;
const LEAST = 10_000;
const CLIENT: Place = { deployment: "sleep-v1", container: "sleep" };
const SIDECARS: readonly Place[] = [
  CLIENT,
  ...["productpage-v1", "details-v1", "ratings-v1", "reviews-v1", "reviews-v2", "reviews-v3"].map((deployment) => ({
    deployment,
    container: deployment.replace(/-v\d$/, ""),
  })),
];

/** What the client noted of one request: when it was sent, in ms since its start, and who answered ("" for a failure). */
type Sample = readonly [sent: number, version: string];

const CALLS = `
const { Agent, get } = require("node:http");
const agent = new Agent({ keepAlive: true, maxSockets: 100 });
const start = Date.now();
let sent = 0, stop = false;
const note = (at, who) => process.stdout.write(JSON.stringify([at, who]) + "\\n");
const one = () => {
  const at = Date.now() - start;
  const request = get({ host: "reviews", port: 9080, path: "/reviews/0", agent, timeout: 10000 }, (response) => {
    let body = "";
    response.on("data", (chunk) => (body += chunk));
    response.on("end", () => note(at, response.statusCode === 200 ? (/reviews-(v\\d+)/.exec(body) || ["", "?"])[1] : ""));
  });
  request.on("timeout", () => request.destroy(new Error("timeout")));
  request.on("error", () => note(at, ""));
};
setInterval(() => {
  if (stop) return;
  for (const due = ((Date.now() - start) * ${RATE}) / 1000; sent < due; sent++) one();
}, 5);
process.stdin.on("end", () => { stop = true; setTimeout(() => process.exit(), 3000); }).resume();
`;

/** A share of reviews v3 that a sidecar has, and since when, in ms of the clock. */
type Held = readonly [since: number, share: number];

const ROUTES = `
const { get } = require("node:http");
const path = "/config_dump?resource=dynamic_route_configs&name_regex=^9080$";
const shareOf = (text) => {
  const hosts = (JSON.parse(text).configs || []).flatMap(({ route_config }) => route_config.virtual_hosts);
  const { routes } = hosts.find(({ name }) => /^reviews\\./.test(name)) || { routes: [] };
  const { cluster = "", weighted_clusters } = (routes[0] || {}).route || {};
  const all = weighted_clusters ? weighted_clusters.clusters : [{ name: cluster, weight: 100 }];
  return all.filter(({ name }) => name.includes("|v3|")).reduce((sum, { weight = 0 }) => sum + weight, 0);
};
let last;
const look = () => get({ port: 15000, path }, (response) => {
  let body = "";
  response.on("data", (chunk) => (body += chunk));
  response.on("end", () => {
    const share = shareOf(body);
    if (share !== last) process.stdout.write(JSON.stringify([Date.now(), share]) + "\\n");
    last = share;
    setTimeout(look, 100);
  });
});
look();
process.stdin.on("end", () => process.exit()).resume();
`;

export async function benchShift(stack: Stack): Promise<Measured> {
  const up = (onLine?: (line: string) => void) =>
    pulumi(stack, "up", ["--yes", "--skip-preview", ...policyArgs("local")], onLine);
  const share = (to: Record<string, number>, versions = ["v1", "v3"]) => {
    const subsets = Object.fromEntries(versions.map((version) => [version, {}]));
    set(stack, "mesh:traffic", { reviews: { subsets, routes: [{ to }] } });
  };
  share({ v1: 100 });
  await up();

  const [client, ...sidecars] = await Promise.all([
    startInPod<Sample>(stack, CLIENT, CALLS),
    ...SIDECARS.map((place) => startInPod<Held>(stack, place, ROUTES)),
  ]);
  const begin = Date.now();
  const delays: number[] = [];
  for (let i = 1; i <= CHANGES; i++) {
    share({ v1: 100 - 10 * i, v3: 10 * i });
    let written = NaN;
    await up((line) => {
      console.log(line);
      if (line.includes("VirtualService reviews-routes updating")) written = Date.now();
    });
    const held = await Promise.all(sidecars.map(({ lines }) => heldSince(lines, 10 * i)));
    delays.push(Math.max(...held.map((at) => at - written)) / 1000);
  }
  share({ v2: 50, v3: 50 }, ["v1", "v2", "v3"]);
  await up();
  // A subset goes in two steps, the routes to it first: in one, its DestinationRule would change before them.
  share({ v2: 0, v3: 100 }, ["v1", "v2", "v3"]);
  await up();
  share({ v3: 100 }, ["v1", "v3"]);
  await up();
  while (Date.now() - begin < (1000 * LEAST) / RATE) await new Promise((resolve) => setTimeout(resolve, 1000));
  const samples = await client.end();
  await Promise.all(sidecars.map((sidecar) => sidecar.end()));

  const failed = samples.filter(([, version]) => version === "").length;
  const { median, least, most } = spreadOf(delays);
  const requests = `${failed} of ${samples.length.toLocaleString("en")} requests at ${RATE}/s failed`;
  return {
    reason:
      "`up` reads the whole program, and every object is judged before one is written; kubectl writes what it is given, whatever that does to the rest",
    rows: await updates(stack, (weight) => {
      share({ v1: 100 - weight, v3: weight });
      return up();
    }),
    facts: [
      `${requests} while weights changed ${CHANGES} times, a subset came and one went`,
      `a weight is in force at the slowest of ${sidecars.length} sidecars ${median.toFixed(2)} s after its write began (${least.toFixed(2)} to ${most.toFixed(2)} s in ${CHANGES} changes)`,
    ],
  };
}

/** One changed weight against what else would do as much or less, on a mesh at rest. */
async function updates(stack: Stack, shift: (weight: number) => Promise<unknown>): Promise<Row[]> {
  const empty = await emptyStack();
  const pack = policyArgs("local");
  const resources = await resourcesOf(stack);
  const { inputs } = resources.find(({ urn }) => urn.endsWith("::reviews-routes")) ?? {};
  const hand = new ByHand(stack.name, instanceOf(stack.target as TestbedTarget).kubeconfig, resources);
  let weight = 0;
  try {
    return await compared(
      "a changed weight, by `up`",
      { run: () => shift((weight = (weight + 10) % 100)) },
      {
        "an empty program, with the policy pack": { run: () => empty.up(...pack) },
        "an empty program": { run: () => empty.up() },
        "`kubectl apply` of the same object": { run: () => hand.apply("weight", [inputs]) },
      },
    );
  } finally {
    empty.remove();
  }
}

/** When the sidecar began to hold the share; it is waited for. */
async function heldSince(lines: readonly Held[], share: number): Promise<number> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline;) {
    const held = lines.find(([, other]) => other === share);
    if (held) return held[0];
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`a sidecar did not get the share of ${share}% within 30 seconds`);
}
