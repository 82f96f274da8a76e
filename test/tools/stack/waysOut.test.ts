import { describe, expect, it } from "vitest";
import { isLocked, waysOut } from "../../../tools/stack/waysOut.ts";

const NOW = new Date("2026-01-01T00:00:00Z");
const machine = { hostname: "here", isRunning: (pid: number) => pid === 42, now: NOW };
const ways = (said: string, stack = "dev") => waysOut(said, stack, machine);

const lock = (host: string, pid: number) =>
  [
    "error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with `pulumi cancel`.",
    `  s3://bucket/.pulumi/locks/organization/mesh/dev/1.json: created by jane@${host} (pid ${pid}) at 2026-01-01T00:00:00Z`,
  ].join("\n");
const UNLOCK = '`make pulumi STACK=dev ARGS="cancel --yes"`';

describe("a lock of the stack", () => {
  it("of a run on this machine says whose it is, and to wait", () => {
    expect(ways(lock("here", 42))).toEqual([
      "jane has the stack dev, by process 42 on this machine since 2026-01-01T00:00:00Z: wait until that run ends",
    ]);
  });

  it("of a run that is gone says how to unlock the stack", () => {
    expect(ways(lock("here", 43))).toEqual([
      `the run that has the stack dev, process 43 of jane on this machine, is gone: it was killed. Unlock the stack with ${UNLOCK}, and run this again`,
    ]);
  });

  it("of another machine, whose processes nobody sees from here, says both", () => {
    expect(ways(lock("there", 43))).toEqual([expect.stringContaining("by process 43 on there since")]);
    expect(ways(lock("there", 43))).toEqual([
      expect.stringContaining(`only if it was killed, unlock the stack with ${UNLOCK}`),
    ]);
  });

  it("says each of several", () => {
    expect(ways(`${lock("here", 42)}\n${lock("there", 7)}`)).toHaveLength(2);
  });

  it("at Pulumi Cloud, which does not say whose", () => {
    const said = "error: [409] Conflict: Another update is currently in progress.";
    expect(ways(said)).toEqual([expect.stringContaining(UNLOCK)]);
    expect([said, lock("here", 42), "error: something else"].map(isLocked)).toEqual([true, true, false]);
  });
});

it.each([
  [
    "a webhook",
    'Internal error occurred: failed calling webhook "rev.validation.istio.io": failed to call webhook: Post "https://istiod.istio-system.svc:443/validate?timeout=10s": dial tcp 10.96.1.2:443: connect: no route to host',
    /^the webhook rev\.validation\.istio\.io .* Service istiod .*kubectl -n istio-system get pods/,
  ],
  [
    "a webhook that is no Service of the cluster",
    'failed calling webhook "a.example.com": failed to call webhook: Post "https://10.0.0.1:4443/?timeout=5s": context deadline exceeded',
    /^the webhook a\.example\.com .* answers for it at 10\.0\.0\.1:4443 does not\./,
  ],
  [
    "what another checkout has made",
    'resource "urn" was not successfully created by the Kubernetes API server: namespaces "shop" already exists',
    /^the cluster has already what the stack dev would make, .*`make down`/,
  ],
  [
    "a namespace that goes",
    'configmaps "x" is forbidden: unable to create new content in namespace shop because it is being terminated',
    /^the namespace shop is being deleted, .*kubectl get namespace shop -o yaml/,
  ],
  [
    "a server that is down",
    "the Kubernetes cluster is unreachable: connect ECONNREFUSED 10.0.0.1:6443",
    /`kubectl cluster-info` .* run `make up STACK=dev`/,
  ],
  [
    "a chart repository that is gone",
    'looks like "http://127.0.0.1:1" is not a valid chart repository or cannot be reached: Get "http://127.0.0.1:1/index.yaml": dial tcp 127.0.0.1:1: connect: network is unreachable',
    /^no chart can be had from http:\/\/127\.0\.0\.1:1: .* mesh:istio\.charts/,
  ],
  [
    "a chart that is not in its repository",
    'chart "istiod" version "9.9.9" not found in http://127.0.0.1:1 repository',
    /^http:\/\/127\.0\.0\.1:1 has no chart istiod 9\.9\.9: name a version/,
  ],
  [
    "a certificate of another time",
    "the Kubernetes cluster is unreachable: certificate is not yet valid",
    /^this machine takes it to be 2026-01-01T00:00:00\.000Z: if that is wrong, set its clock; /,
  ],
])("%s: says what stands in the way, and how to go on", (_, said, words) => {
  expect(ways(said).at(-1)).toMatch(words);
});

it("says each thing once, and nothing of what it does not know", () => {
  const twice = "the Kubernetes cluster is unreachable: read ECONNRESET\nKubernetes cluster unreachable: EOF";
  expect(ways(twice, "local")).toEqual([expect.stringContaining("run `make up`, which")]);
  expect(ways("error: the image cannot be pulled")).toEqual([]);
});
