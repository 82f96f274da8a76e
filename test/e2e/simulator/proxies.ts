// The mesh of the simulator's judge: rules go onto it, and what its proxies do is held against the simulator.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Outcome } from "../../../istio/routing/outcome.ts";
import { simulate } from "../../../istio/routing/simulate.ts";
import type { World } from "../../../istio/routing/world.ts";
import { kubectlOn } from "../kubectlOn.ts";
import { asked, type Asked } from "./ask.ts";
import { CALLERS, ground, HOME, send, service, type Answer, type Caller } from "./ground.ts";
import { classesOf, difference, told } from "./judge.ts";
import { liveWorld } from "./liveWorld.ts";
import { bookinfoServices } from "./scenarioRules.ts";

export class Proxies {
  /** How many requests met each kind of outcome. */
  readonly covered = new Map<string, number>();
  compared = 0;
  readonly kubeconfig: string;
  #round = 0;

  constructor(kubeconfig: string) {
    this.kubeconfig = kubeconfig;
  }

  /** Makes the pods that ask and answer, and waits for them. */
  async prepare(): Promise<void> {
    const image = "jsonpath={.spec.template.spec.containers[0].image}";
    await this.#apply(ground(await this.#kubectl("-n", "bookinfo", "get", "deploy", "reviews-v1", "-o", image)));
    await this.#apply([service("plain"), ...bookinfoServices]);
    for (const namespace of CALLERS) {
      await this.#kubectl("-n", namespace, "wait", "--for=condition=Ready", "pod", "--all", "--timeout=180s");
    }
  }

  #kubectl(...args: string[]): Promise<string> {
    return kubectlOn(this.kubeconfig, ...args);
  }

  async #apply(items: readonly object[]): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), "objects-"));
    const file = join(folder, "objects.json");
    writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
    await this.#kubectl("apply", "-f", file);
    rmSync(folder, { recursive: true });
  }

  /**
   * Puts rules in the place of those before, and waits until every proxy has them.
   * @param callers - whose namespaces have rules, or had any
   */
  async rule(objects: readonly object[], callers: readonly Caller[] = CALLERS): Promise<World> {
    const kinds =
      "virtualservices,destinationrules,serviceentries,gateways.networking.istio.io,sidecars,peerauthentications,authorizationpolicies";
    await Promise.all(callers.map((namespace) => this.#kubectl("-n", namespace, "delete", kinds, "--all")));
    const status = 280 + (this.#round++ % 19);
    const marker = {
      apiVersion: "networking.istio.io/v1",
      kind: "VirtualService",
      metadata: { name: "marker", namespace: HOME },
      spec: {
        hosts: ["plain"],
        http: [
          { match: [{ uri: { exact: "/marker" } }], directResponse: { status } },
          { route: [{ destination: { host: "plain" } }] },
        ],
      },
    };
    await this.#apply([...objects, marker]);
    const world = await liveWorld(this.kubeconfig);
    const inMesh = callers.filter((namespace) => namespace !== "bare");
    await Promise.all(
      inMesh.map(async (from) => {
        const ask = asked(world, { from, url: "http://plain.sim:8080/marker" });
        const deadline = Date.now() + 30_000;
        while ((await send(this.kubeconfig, from, [ask]))[0]?.status !== status) {
          if (Date.now() > deadline) throw new Error(`the proxy in ${from} does not get its rules`);
          await wait(200);
        }
      }),
    );
    return world;
  }

  /** What differs; a proxy of a server may get its rules later than that of the client, so that it is asked again. */
  async differences(world: World, asks: readonly Asked[], width?: number): Promise<string[]> {
    const outcomes = new Map<Asked, Outcome>(asks.map((ask) => [ask, simulate(world, ask.request)]));
    for (const outcome of outcomes.values()) {
      for (const name of classesOf(outcome)) this.covered.set(name, (this.covered.get(name) ?? 0) + 1);
    }
    this.compared += asks.length;
    let left: readonly Asked[] = asks;
    let found: string[] = [];
    for (let attempt = 0; attempt < 3 && left.length > 0; attempt += 1) {
      if (attempt > 0) await wait(1000);
      const answers = await this.#answersTo(left, width);
      const wrong = left.flatMap((ask) => {
        const problem = difference(
          outcomes.get(ask) ?? { steps: [], results: [] },
          ask.request,
          answers.get(ask) ?? { milliseconds: 0 },
        );
        return problem === undefined ? [] : [{ ask, text: `${told(ask.caller, ask.request)}: ${problem}` }];
      });
      left = wrong.map(({ ask }) => ask);
      found = wrong.map(({ text }) => text);
    }
    return found;
  }

  async #answersTo(asks: readonly Asked[], width?: number): Promise<ReadonlyMap<Asked, Answer>> {
    const answers = new Map<Asked, Answer>();
    await Promise.all(
      CALLERS.map(async (caller) => {
        const own = asks.filter((ask) => ask.caller === caller);
        if (own.length === 0) return;
        for (const [index, answer] of (await send(this.kubeconfig, caller, own, width)).entries()) {
          const ask = own[index];
          if (ask) answers.set(ask, answer);
        }
      }),
    );
    return answers;
  }
}
