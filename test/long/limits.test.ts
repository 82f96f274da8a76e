// Limits of requests that a service counts for all pods of a workload, and those that each pod counts by itself. Costs about three
// minutes.
import { afterAll, beforeAll, describe, it } from "vitest";
import { Clone } from "../e2e/clone.ts";
import { Inside } from "../e2e/insideCalls.ts";
import { MeshLimits } from "./meshLimits.ts";

describe("rate limits", () => {
  let clone: Clone;
  let limits: MeshLimits;

  beforeAll(async () => {
    clone = await Clone.of();
    // The tools that look at the mesh have tests of their own.
    clone.configure((config) => ({ ...config, "mesh:observability": { enabled: false } }));
    await clone.makeWell("up");
    limits = new MeshLimits(clone, new Inside(clone.kubeconfig));
    await limits.up();
  }, 600_000);
  afterAll(async () => {
    await clone.make("down");
    clone.remove();
  });

  it("count by header, and for a route", async () => {
    await limits.ofEachUser();
  });

  it("let all pods together take what they say", async () => {
    await limits.ofAllPods();
  });

  it("let each pod take it where that is their scope", async () => {
    await limits.ofEachPod();
  });

  it("let everything pass while nobody counts, or nothing where they are told to", async () => {
    await limits.withoutService(200);
    await limits.upWithRedis();
    await limits.withoutService(503);
    await limits.serviceIsBack();
  });
});
