// Parts of the mesh that go while requests come in.
import { expect } from "vitest";
import { drainOf, drainValues } from "../../../components/istio/drain.ts";
import { sleep, until } from "../../../lib/process.ts";
import type { Fault, Seen } from "./fault.ts";
import type { Ground, Load } from "./ground.ts";

/** Requests a second, which two busy cores manage. */
export const RATE = 100;
/** Where none of so many fails, fewer than one in a thousand does, with a certainty of 95 %: 0.999 to the power of it is 0.05. */
export const ENOUGH = Math.ceil(Math.log(0.05) / Math.log(1 - 0.001));

const numbers = ({ requests, failures }: Load): string =>
  `${failures.length} of ${requests.toLocaleString("en")} requests failed`;

/** Holds that no request failed. */
export function none(load: Load): Seen {
  expect(load.failures).toEqual([]);
  expect(load.requests).toBeGreaterThanOrEqual(ENOUGH);
  return { sees: "nothing", measured: numbers(load) };
}

const INGRESS = ["-n", "istio-ingress"];
const GATEWAYS = [...INGRESS, "-l", "istio=ingressgateway"];
const AT_ONCE = ["--grace-period=0", "--force"];

const rolledOut = (ground: Ground, namespace: string, ...names: string[]) =>
  Promise.all(
    names.map((name) => ground.kubectl("-n", namespace, "rollout", "status", `deployment/${name}`, "--timeout=180s")),
  );

async function podsOf(ground: Ground, ...selection: string[]): Promise<string[]> {
  return (await ground.kubectl("get", "pods", ...selection, "-o", "jsonpath={.items[*].metadata.name}")).split(" ");
}

export const istiod: Fault = {
  id: "istiod",
  what: "istiod is killed",
  ends: "proxies go on with what they have; a new istiod is there, and changes reach the proxies again",
  run: async (ground) => {
    const load = await ground.underLoad(RATE, ENOUGH, async () => {
      await ground.kubectl("-n", "istio-system", "delete", "pod", "-l", "app=istiod", ...AT_ONCE);
      await rolledOut(ground, "istio-system", "istiod");
    });
    return none(load);
  },
};

export const gatewayKilled: Fault = {
  id: "gatewayKilled",
  what: "The only gateway pod is killed",
  ends: "no request gets through until the new pod is ready; none fails after that",
  run: async (ground) => {
    let seconds = 0;
    let failedAtEnd = 0;
    let failed: () => number = () => 0;
    const load = await ground.underLoad(RATE, ENOUGH, async (soFar) => {
      failed = () => soFar().length;
      const begin = Date.now();
      await ground.kubectl("delete", "pod", ...GATEWAYS, ...AT_ONCE);
      await rolledOut(ground, "istio-ingress", "istio-ingressgateway");
      // What was waiting then is given up, or is answered.
      await sleep(5000);
      seconds = (Date.now() - begin) / 1000;
      failedAtEnd = failed();
    });
    expect(load.failures.length).toBe(failedAtEnd);
    expect(failedAtEnd).toBeLessThanOrEqual(RATE * seconds + 50);
    return {
      sees: "connections are refused or reset",
      measured: `${numbers(load)}, within ${Math.round(seconds)} s`,
    };
  },
};

/** What a request is sent once more for, to another pod, which an answer of the service itself is not. */
const RETRIES = { attempts: 3, retryOn: ["connect-failure", "refused-stream", "reset", 503] };

/** Two gateways with a budget, of which one that goes takes connections for a while: what the production profile has. */
const TWO = {
  "mesh:istio": {
    ingressGateway: { type: "LoadBalancer", replicas: 2 },
    values: { ingressGateway: { podDisruptionBudget: { minAvailable: 1 }, ...drainValues(drainOf(20)) } },
  },
  "mesh:traffic": { reviews: { routes: [{ retries: RETRIES }] } },
};

export const gatewayRolled: Fault = {
  id: "gatewayRolled",
  what: "Two gateway pods are rolled, one after the other",
  ends: "each new pod is ready before an old one drains and goes",
  run: async (ground) => {
    await ground.has(TWO);
    const load = await ground.underLoad(RATE, ENOUGH, async () => {
      await ground.kubectl(...INGRESS, "rollout", "restart", "deployment/istio-ingressgateway");
      await rolledOut(ground, "istio-ingress", "istio-ingressgateway");
      await until("the old pods to be gone", 120, async () => (await podsOf(ground, ...GATEWAYS)).length === 2);
    });
    return none(load);
  },
};

export const bookinfoKilled: Fault = {
  id: "bookinfoKilled",
  what: "One of the three pods of reviews is killed, where its route has `retries`",
  ends: "each request that it had is sent to another one",
  run: async (ground) => {
    await ground.has(TWO);
    const load = await ground.underLoad(RATE, ENOUGH, async () => {
      const [pod = ""] = await podsOf(ground, "-n", "bookinfo", "-l", "app=reviews,version=v2");
      await ground.kubectl("-n", "bookinfo", "delete", "pod", pod, ...AT_ONCE);
      await rolledOut(ground, "bookinfo", "reviews-v2");
    });
    return none(load);
  },
};

/** Every pod of the mesh, one after the other, by the call that `kubectl drain` makes. The testbed has no second node to take them. */
export const drained: Fault = {
  id: "drained",
  what: "A node is drained: two gateway pods with a disruption budget, and istiod, are evicted as `kubectl drain` does it",
  ends: "the budget holds back the second gateway until the first has a successor",
  run: async (ground) => {
    await ground.has(TWO);
    let refused = 0;
    const load = await ground.underLoad(RATE, ENOUGH, async () => {
      for (const pod of await podsOf(ground, ...GATEWAYS)) refused += await evict(ground, "istio-ingress", pod);
      for (const pod of await podsOf(ground, "-n", "istio-system", "-l", "app=istiod"))
        refused += await evict(ground, "istio-system", pod);
      await rolledOut(ground, "istio-ingress", "istio-ingressgateway");
      await rolledOut(ground, "istio-system", "istiod");
    });
    expect(refused).toBeGreaterThan(0);
    return { ...none(load), sees: "`kubectl drain` waits for the budget" };
  },
};

/** @returns how often the eviction was refused, until it was not */
async function evict(ground: Ground, namespace: string, name: string): Promise<number> {
  const eviction = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace } };
  const file = ground.file("eviction", JSON.stringify(eviction));
  const path = `/api/v1/namespaces/${namespace}/pods/${name}/eviction`;
  let refused = -1;
  await until(
    `the eviction of ${name}`,
    180,
    async () => {
      refused += 1;
      return ground.kubectl("create", "--raw", path, "-f", file).then(
        () => true,
        () => undefined,
      );
    },
    1000,
  );
  return refused;
}
