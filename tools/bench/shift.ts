// Whether traffic suffers while weights change, and how soon a change is in force: a client in the mesh calls reviews at a
// fixed rate all the while, and every sidecar is asked for its routes.
import { policyArgs, pulumi, type Stack } from "../stack/stack.ts";
import { emptyStack } from "./emptyStack.ts";
import { startInPod, type Place } from "./inPods.ts";
import { set } from "./settings.ts";
import { timed } from "./timed.ts";

const RATE = 200;
const CHANGES = 10;
const LEAST = 10_000;
/** Updates of each kind whose median is taken. */
const TURNS = 5;

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

export async function benchShift(stack: Stack): Promise<string[][]> {
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
  const times: number[] = [];
  const delays: number[] = [];
  for (let i = 1; i <= CHANGES; i++) {
    share({ v1: 100 - 10 * i, v3: 10 * i });
    let written = NaN;
    times.push(
      await timed(() =>
        up((line) => {
          console.log(line);
          if (line.includes("VirtualService reviews-routes updating")) written = Date.now();
        }),
      ),
    );
    delays.push(
      ...(await Promise.all(sidecars.map(({ lines }) => heldSince(lines, 10 * i)))).map((at) => at - written),
    );
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

  const updates = await timedUpdates((weight) => {
    share({ v1: 100 - weight, v3: weight });
    return up();
  });

  const failed = samples.filter(([, version]) => version === "").length;
  return [
    [`TRAFFIC AT ${RATE}/S WHILE WEIGHTS CHANGE`, ""],
    [`requests over ${CHANGES} changed weights, a subset added, a subset removed`, String(samples.length)],
    ["of these failed", String(failed)],
    [
      `until a weight is in force, from the beginning of its write: the slowest of ${sidecars.length} sidecars in ${CHANGES} changes`,
      `${(Math.max(...delays) / 1000).toFixed(2)} s`,
    ],
    ["pulumi up for one changed weight, beside that traffic, median", `${median(times).toFixed(1)} s`],
    ...updates,
  ];
}

/** One changed weight against a program that declares nothing, one after the other, on a mesh at rest. */
async function timedUpdates(shift: (weight: number) => Promise<unknown>): Promise<string[][]> {
  const empty = await emptyStack();
  const pack = policyArgs("local");
  const works = {
    shift: (turn: number) => shift(10 * turn),
    empty: () => empty.up(),
    judged: () => empty.up(...pack),
  };
  const times: Record<keyof typeof works, number[]> = { shift: [], empty: [], judged: [] };
  for (let turn = 1; turn <= TURNS; turn++) {
    for (const name of Object.keys(works) as (keyof typeof works)[]) {
      times[name].push(await timed(() => works[name](turn)));
    }
  }
  empty.remove();
  const [own, bare, judged] = [median(times.shift), median(times.empty), median(times.judged)];
  return [
    ["pulumi up for one changed weight, median", `${own.toFixed(1)} s`],
    ["pulumi up of an empty program, median", `${bare.toFixed(1)} s, ratio ${(own / bare).toFixed(2)}`],
    [
      "pulumi up of an empty program, judged by the policy pack, median",
      `${judged.toFixed(1)} s, ratio ${(own / judged).toFixed(2)}`,
    ],
  ];
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

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
