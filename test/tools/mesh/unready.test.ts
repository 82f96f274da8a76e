import type { CoreV1Api } from "@kubernetes/client-node";
import { expect, it } from "vitest";
import { unreadyReasons } from "../../../tools/mesh/unready.ts";

const condition = (type: string, status: string, more: object = {}) => ({ type, status, ...more });
const NOT_READY = [condition("Ready", "False")];

const PODS: Record<string, object> = {
  ready: { conditions: [condition("Ready", "True")] },
  done: { phase: "Succeeded", conditions: NOT_READY },
  unscheduled: {
    phase: "Pending",
    conditions: [
      condition("PodScheduled", "False", { reason: "Unschedulable", message: "0/1 nodes: Insufficient cpu." }),
    ],
  },
  image: {
    conditions: NOT_READY,
    containerStatuses: [
      { name: "cart", ready: false, state: { waiting: { reason: "ImagePullBackOff", message: "Back-off pulling" } } },
      { name: "istio-proxy", ready: false, state: { waiting: { reason: "PodInitializing" } } },
    ],
  },
  crash: {
    conditions: NOT_READY,
    containerStatuses: [
      {
        name: "cart",
        ready: false,
        state: { waiting: { reason: "CrashLoopBackOff" } },
        lastState: { terminated: { reason: "OOMKilled", exitCode: 137 } },
      },
    ],
  },
  probe: {
    conditions: NOT_READY,
    initContainerStatuses: [{ name: "istio-init", ready: true, state: { terminated: { exitCode: 0 } } }],
    containerStatuses: [{ name: "cart", ready: false, started: true, state: { running: {} } }],
  },
  evicted: { phase: "Failed", reason: "Evicted", message: "The node was low on memory.", conditions: NOT_READY },
  new: { phase: "Pending" },
};

it("pods that are not ready say why, in the scheduler's and the containers' own words", async () => {
  const items = Object.entries(PODS).map(([name, status]) => ({ metadata: { namespace: "shop", name }, status }));
  const leaving = { metadata: { namespace: "shop", name: "leaving", deletionTimestamp: new Date() }, status: {} };
  const api = {
    listNamespacedPod: ({ namespace }: { namespace: string }) =>
      Promise.resolve({ items: namespace === "shop" ? [...items, leaving] : [] }),
  } as unknown as CoreV1Api;
  expect(await unreadyReasons(api, ["istio-system", "shop"])).toEqual([
    "shop/unscheduled: Unschedulable: 0/1 nodes: Insufficient cpu.",
    "shop/image: cart is waiting: ImagePullBackOff: Back-off pulling",
    "shop/crash: cart is waiting: CrashLoopBackOff, ended with OOMKilled and exit code 137",
    "shop/probe: cart is running, but its readiness probe is failing",
    "shop/evicted: Evicted: The node was low on memory.",
    "shop/new: Pending: is not ready",
  ]);
});
