// Whether traffic suffers while weights change: a client in the mesh calls reviews at a fixed rate all the while.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { goPrograms } from "../../testbed/goPrograms";
import { policyArgs, pulumi, type Stack } from "../stack/stack";
import { instanceOf, type TestbedTarget } from "../stack/target";
import { set } from "./settings";
import { timed } from "./timed";

const RATE = 200;
const CHANGES = 10;
const LEAST = 10_000;

/** What the client noted of one request: when it was sent, in ms since its start, and who answered ("" for a failure). */
type Sample = readonly [sent: number, version: string];

/** Runs in the client's pod, whose stand-in image has Node; ends when its standard input does. */
const CLIENT = `
const { Agent, get } = require("node:http");
const agent = new Agent({ keepAlive: true, maxSockets: 100 });
const start = Date.now();
let sent = 0, stop = false;
const note = (at, who) => process.stdout.write(JSON.stringify([at, who]) + "\\n");
const one = () => {
  const at = Date.now();
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

export async function benchShift(stack: Stack): Promise<string[][]> {
  const up = () => pulumi(stack, "up", ["--yes", "--skip-preview", ...policyArgs("local")]);
  const shares = (to: Record<string, number>, versions = ["v1", "v3"]) => {
    const subsets = Object.fromEntries(versions.map((version) => [version, {}]));
    set(stack, "mesh:traffic", { reviews: { subsets, routes: [{ to }] } });
    return up();
  };
  await shares({ v1: 100 });
  const client = await startClient(stack);
  const begin = Date.now();
  const times: number[] = [];
  for (let i = 1; i <= CHANGES; i++) times.push(await timed(() => shares({ v1: 100 - 10 * i, v3: 10 * i })));
  await shares({ v2: 50, v3: 50 }, ["v1", "v2", "v3"]);
  // A subset goes in two steps, the routes to it first: in one, its DestinationRule would change before them.
  await shares({ v2: 0, v3: 100 }, ["v1", "v2", "v3"]);
  await shares({ v3: 100 }, ["v1", "v3"]);
  while (Date.now() - begin < (1000 * LEAST) / RATE) await new Promise((resolve) => setTimeout(resolve, 1000));
  const samples = await client.end();
  const failed = samples.filter(([, version]) => version === "").length;
  const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;
  return [
    [`TRAFFIC AT ${RATE}/S WHILE WEIGHTS CHANGE`, "", ""],
    [`requests over ${CHANGES} changed weights, a subset added, a subset removed`, String(samples.length), ""],
    ["of these failed", String(failed), ""],
    ["pulumi up for one changed weight, median, in seconds", median.toFixed(1), ""],
  ];
}

async function startClient(stack: Stack): Promise<{ end: () => Promise<Sample[]> }> {
  const kubectl = join(await goPrograms("kubernetes"), "kubectl");
  const { kubeconfig } = instanceOf(stack.target as TestbedTarget);
  const pod = ["exec", "-i", "-n", "bookinfo", "deployment/sleep-v1", "-c", "sleep", "--", "node", "-e", CLIENT];
  const child = spawn(kubectl, ["--kubeconfig", kubeconfig, ...pod], { stdio: ["pipe", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return {
    end: () =>
      new Promise((resolve, reject) => {
        child.on("error", reject);
        child.on("close", () => {
          resolve(
            output
              .trim()
              .split("\n")
              .map((line) => JSON.parse(line) as Sample),
          );
        });
        child.stdin.end();
      }),
  };
}
