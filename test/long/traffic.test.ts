// Every scenario, put on by its command and verified by it, with the numbers that matter measured once more by curl and by the
// services' own logs; then the features that no scenario is about. One cluster for all. Costs about ten minutes.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dump } from "js-yaml";
import { scenarios } from "../../scenarios/index.ts";
import { Clone } from "../e2e/clone.ts";
import { Inside } from "../e2e/insideCalls.ts";
import { serveOutside } from "../e2e/outsideHost.ts";
import { JASON, proofsOf, REVIEWS } from "../e2e/proofs.ts";
import { featureTests } from "./features.ts";

describe("traffic, on a fresh clone", () => {
  let clone: Clone;
  let inside: Inside;

  beforeAll(async () => {
    clone = await Clone.of();
    // The tools that look at the mesh have tests of their own.
    clone.configure((config) => ({ ...config, "mesh:observability": { enabled: false } }));
    await clone.makeWell("up");
    inside = new Inside(clone.kubeconfig);
    // Before any proxy asks for the name: one that gets no answer asks again a minute later only.
    await serveOutside(inside, "www.example.com");
  }, 600_000);
  afterAll(async () => {
    await clone.make("down");
    clone.remove();
  });

  const declare = async (traffic: Readonly<Record<string, object>>): Promise<void> => {
    clone.configure((config) => ({ ...config, "mesh:traffic": traffic }));
    await clone.makeWell("up");
  };

  /** Puts the scenario on, which has to end verified. */
  const scenario = async (id: string): Promise<string> => {
    const { output } = await clone.makeWell("scenario", `NAME=${id}`);
    expect(output).toMatch(/\d+ ok, 0 wrong/);
    return output;
  };

  it("lists all of them, and names them when it is asked for another", async () => {
    const { stdout } = await clone.makeWell("-s", "scenarios");
    const { exitCode, output } = await clone.make("scenario", "NAME=unheard");
    expect(exitCode).not.toBe(0);
    for (const { id, description } of scenarios) {
      expect(stdout).toContain(`${id} `);
      expect(stdout).toContain(description);
      expect(output).toContain(id);
    }
  });

  it.each(scenarios.map(({ id }) => [id]))(
    "%s ends verified",
    async (id) => {
      const output = await scenario(id);
      const proofs: Readonly<Record<string, (output: string) => Promise<void>>> = proofsOf(inside);
      await proofs[id]?.(output);
    },
    400_000,
  );

  it("goes back to the stack file and those that it names, whose own rules are verified alike", async () => {
    await clone.makeWell("scenario", "NAME=none");
    const fault = { abort: { httpStatus: 400, percentage: 30 } };
    const ratings = { subsets: { v1: {} }, routes: [{ fault, to: { v1: 100 } }] };
    mkdirSync(join(clone.folder, "traffic"));
    writeFileSync(join(clone.folder, "traffic/ratings.yaml"), dump({ ratings }));
    clone.configure((config) => ({ ...config, "mesh:trafficFiles": ["traffic/*.yaml"] }));
    await declare({
      reviews: {
        trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: "end-user" } } },
        routes: [{ timeout: "2s", headers: { response: { set: { "x-served-by": "mesh" } } } }],
      },
    });
    clone.configure((config) => ({ ...config, "mesh:trafficFiles": [] }));
    const { stdout } = await clone.makeWell("-s", "verify", "ARGS=--provoke");
    expect(stdout).toMatch(
      /the same Pod +by header end-user +8 of 8 values always reach the same Pod, on [123] of 3 Pods +all +ok/,
    );
    expect(stdout).toMatch(/timeout +2s +2\.\d\d s to 2\.\d\d s \(504 ×5\) .* ok/);
    expect(stdout).toMatch(/response header x-served-by .* ok/);
    expect(stdout).toMatch(/abort with 400 +30% .* ok/);

    const pods = new Set<unknown>();
    for (let time = 0; time < 20; time++) {
      const { body } = await inside.call(REVIEWS, ...JASON);
      pods.add((JSON.parse(body) as { podname: unknown }).podname);
    }
    expect(pods.size).toBe(1);
  }, 400_000);

  describe("as the stack file says it", () => {
    featureTests(() => ({ clone, inside, declare }));
  });
});
