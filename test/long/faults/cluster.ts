// The cluster is not as a run left it, or does not do as it should.
import { createServer } from "node:net";
import { expect } from "vitest";
import { until } from "../../../lib/process.ts";
import { restartApiServer } from "./apiServer.ts";
import { said, type Fault } from "./fault.ts";
import { CONTEXT, type Ground } from "./ground.ts";
import { holdsTogether } from "./inventory.ts";

const MORE_HOSTS = { "mesh:bookinfo": { hosts: ["bookinfo.localhost", "shop.localhost"] } };

/** `make up`, which has to fail. */
async function refusedUp({ clone }: Ground): Promise<string> {
  const { exitCode, output } = await clone.make("up", CONTEXT);
  expect(exitCode, output).not.toBe(0);
  return output;
}

export const apiServer: Fault = {
  id: "apiServer",
  what: "The API server is restarted while `make up` changes something",
  ends: "what was applied is waited for and kept in the state; if the run fails, the next one goes on from there: nothing is lost or there twice",
  run: async (ground) => {
    ground.configure({ "mesh:bookinfo": { hosts: ["bookinfo.localhost"], ratings: { database: "mongodb" } } });
    const { process: make, output, done } = ground.clone.start("up", CONTEXT);
    await until("the first change", 240, () => make.exitCode !== null || /Deployment .*creating/.test(output()), 20);
    await restartApiServer(ground, 5);
    await done;
    await ground.up();
    const resources = await holdsTogether(ground, ground.clone, "local");
    return {
      sees: said(output(), /the API server of the cluster .*/),
      measured: `${resources} resources, 0 lost, 0 doubled`,
    };
  },
};

export const deleted: Fault = {
  id: "deleted",
  what: "A Deployment is deleted by hand, and a Service changed",
  ends: "`make up ARGS=--refresh` makes the one anew and puts the other back",
  run: async (ground) => {
    await ground.kubectl("-n", "bookinfo", "delete", "deployment", "ratings-v1");
    const nobody = JSON.stringify({ spec: { selector: { app: "nobody" } } });
    await ground.kubectl("-n", "bookinfo", "patch", "service", "reviews", "--type=merge", "-p", nobody);
    const { output } = await ground.up();
    expect((await ground.up("ARGS=--refresh")).output).toMatch(/\+ 1 created\s+~ 1 updated/);
    return { sees: said(output, /somebody deleted by hand: .*/), measured: "2 of 2 objects put back" };
  },
};

export const deletedOfChart: Fault = {
  id: "deletedOfChart",
  what: "An object of a chart is deleted by hand, such as istiod's Deployment",
  ends: "`make up ARGS=--refresh` has helm put it back",
  run: async (ground) => {
    await ground.kubectl("-n", "istio-system", "delete", "deployment", "istiod");
    const { output } = await ground.up();
    await ground.up("ARGS=--refresh");
    await ground.kubectl("-n", "istio-system", "rollout", "status", "deployment/istiod", "--timeout=60s");
    await holdsTogether(ground, ground.clone, "local");
    return { sees: said(output, /somebody deleted by hand: .*/), measured: "1 of 1 objects put back" };
  },
};

export const webhook: Fault = {
  id: "webhook",
  what: "A webhook that has to agree to each change does not answer",
  ends: "the preview fails, before anything changes; once the webhook answers or is gone, `make up` ends well",
  run: async (ground) => {
    const { server, port } = await silentServer(ground.instance.hostAddress);
    await ground.apply({
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingWebhookConfiguration",
      metadata: { name: "silent" },
      webhooks: [
        {
          name: "silent.example.com",
          clientConfig: { url: `https://${ground.instance.hostAddress}:${port}/` },
          rules: [
            {
              ...{ apiGroups: ["networking.istio.io"], apiVersions: ["v1"], resources: ["gateways"] },
              operations: ["CREATE", "UPDATE"],
            },
          ],
          sideEffects: "None",
          failurePolicy: "Fail",
          timeoutSeconds: 5,
          admissionReviewVersions: ["v1"],
        },
      ],
    });
    ground.configure(MORE_HOSTS);
    const before = await generations(ground);
    const output = await refusedUp(ground);
    expect(await generations(ground)).toBe(before);
    await ground.kubectl("delete", "validatingwebhookconfiguration", "silent");
    server.close();
    await ground.up();
    ground.configure();
    return { sees: said(output, /the webhook silent.*/), measured: "0 objects changed" };
  },
};

const generations = (ground: Ground) =>
  ground.kubectl("-n", "bookinfo", "get", "gateways,virtualservices", "-o", "jsonpath={.items[*].metadata.generation}");

/** Takes connections, and says nothing. */
function silentServer(host: string): Promise<{ server: ReturnType<typeof createServer>; port: number }> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.on("error", () => socket.destroy()));
    server.listen(0, host, () => {
      resolve({ server, port: (server.address() as { port: number }).port });
    });
  });
}

export const finalizer: Fault = {
  id: "finalizer",
  what: "A namespace is stuck on a finalizer while `make down` deletes the stack",
  ends: "`make down` goes on as soon as the finalizer is taken away, and leaves nothing",
  run: async (ground) => {
    await ground.apply({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "held", namespace: "bookinfo", finalizers: ["example.com/hold"] },
    });
    const { process: make, output, done } = ground.clone.start("down");
    await until("the word on it", 400, () => make.exitCode !== null || output().includes("is still being deleted"));
    const release = JSON.stringify({ metadata: { finalizers: null } });
    await ground.kubectl("-n", "bookinfo", "patch", "configmap", "held", "--type=merge", "-p", release);
    expect((await done).exitCode, output()).toBe(0);
    const left = await ground.kubectl("get", "namespaces", "-o", "jsonpath={.items[*].metadata.name}");
    expect(left.split(" ").sort()).toEqual(["default", "kube-node-lease", "kube-public", "kube-system"]);
    return { sees: said(output(), /the namespace \S+ is still being deleted.*/), measured: "0 objects left" };
  },
};
