// The tools that look at the mesh have no room left.
import { join } from "node:path";
import { expect } from "vitest";
import { until } from "../../../lib/process.ts";
import { inNode } from "../../../testbed/node/namespaces.ts";
import type { Fault, Seen } from "./fault.ts";
import type { Ground } from "./ground.ts";
import { ENOUGH, none, RATE } from "./mesh.ts";

const SYSTEM = ["-n", "istio-system"];
const PROMETHEUS = "app.kubernetes.io/name=prometheus";

/** Few traces, so that a load fills the memory for them. */
const MAX_TRACES = 100;

/** The disk of Prometheus. */
const VOLUME_MIB = 24;

const tools = (ground: Ground) => ({
  "mesh:observability": {
    ...ground.charts,
    ...{ grafana: { enabled: false }, kiali: { enabled: false }, jaeger: { maxTraces: MAX_TRACES } },
  },
});

export const prometheusFull: Fault = {
  id: "prometheusFull",
  what: "The disk of Prometheus is full",
  ends: "requests and the mesh go on; with room again, Prometheus counts again",
  run: async (ground) => {
    await ground.has(tools(ground));
    // A volume with an end, as a claim has one.
    const volume = { name: "data", emptyDir: { medium: "Memory", sizeLimit: `${VOLUME_MIB}Mi` } };
    const patch = JSON.stringify({ spec: { template: { spec: { volumes: [volume] } } } });
    const [name = ""] = (
      await ground.kubectl(
        ...SYSTEM,
        "get",
        "deployments",
        "-l",
        PROMETHEUS,
        "-o",
        "jsonpath={.items[*].metadata.name}",
      )
    ).split(" ");
    await ground.kubectl(...SYSTEM, "patch", "deployment", name, "-p", patch);
    await ground.kubectl(...SYSTEM, "rollout", "status", `deployment/${name}`, "--timeout=120s");
    const uid = await ground.kubectl(
      ...SYSTEM,
      "get",
      "pods",
      "-l",
      PROMETHEUS,
      "-o",
      "jsonpath={.items[0].metadata.uid}",
    );
    const pods = join(ground.instance.folder, "kubelet/pods");
    const folder = join(pods, uid, "volumes/kubernetes.io~empty-dir/data");
    const full = join(folder, "full");
    // Nothing but the volume is filled: it has to be one, and what is written has an end.
    expect((await inNode(ground.instance, "stat", ["-f", "-c", "%T", folder])).trim()).toBe("tmpfs");
    const log = () => ground.kubectl(...SYSTEM, "logs", `deployment/${name}`, "--tail=-1");
    const load = await ground.underLoad(RATE, ENOUGH, async () => {
      await inNode(ground.instance, "sh", ["-c", `head -c ${2 * VOLUME_MIB}M /dev/zero > ${full} 2>/dev/null || true`]);
      await until("Prometheus to notice", 120, async () => (await log()).includes("no space left on device"), 2000);
    });
    await inNode(ground.instance, "rm", [full]);
    await until("Prometheus to be ready", 60, async () => {
      const ready = 'jsonpath={.items[0].status.conditions[?(@.type=="Ready")].status}';
      return (await ground.kubectl(...SYSTEM, "get", "pods", "-l", PROMETHEUS, "-o", ready)) === "True";
    });
    return {
      ...none(load),
      sees: "`no space left on device` in the log of Prometheus, and no new counts",
    } satisfies Seen;
  },
};

export const jaegerFull: Fault = {
  id: "jaegerFull",
  what: "Jaeger has no room for more traces",
  ends: "the oldest traces go; `make trace` shows a new request",
  run: async (ground) => {
    await ground.has(tools(ground));
    const load = await ground.underLoad(RATE, ENOUGH, () => Promise.resolve());
    expect(load.requests).toBeGreaterThan(MAX_TRACES);
    expect((await ground.clone.makeWell("-s", "trace")).output).toContain("productpage");
    return { ...none(load), sees: "nothing" };
  },
};
