import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { lookup } from "../../../tools/stack/lookup.ts";

const KINDS = {
  kind: "APIResourceList",
  groupVersion: "v1",
  resources: [{ name: "configmaps", kind: "ConfigMap", namespaced: true }],
};
const ANSWERS: Readonly<Record<string, readonly [status: number, body: object]>> = {
  "/api/v1": [200, KINDS],
  "/api/v1/namespaces/shop/configmaps/there": [
    200,
    { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "there" } },
  ],
  "/api/v1/namespaces/shop/configmaps/hidden": [403, { kind: "Status", code: 403 }],
  "/api/v1/namespaces/shop/configmaps/broken": [500, { kind: "Status", code: 500 }],
};

let server: Server;
let folder: string;
let isIn: ReturnType<typeof lookup>;

beforeEach(async () => {
  server = createServer(({ url = "" }, response) => {
    const [status, body] = ANSWERS[url] ?? [404, { kind: "Status", code: 404 }];
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  folder = mkdtempSync(join(tmpdir(), "lookup-"));
  const kubeconfig = join(folder, "kubeconfig");
  const { port } = server.address() as AddressInfo;
  const config = {
    ...{ apiVersion: "v1", kind: "Config", "current-context": "c" },
    clusters: [{ name: "c", cluster: { server: `http://127.0.0.1:${port}`, "insecure-skip-tls-verify": true } }],
    users: [{ name: "c", user: {} }],
    contexts: [{ name: "c", context: { cluster: "c", user: "c" } }],
  };
  writeFileSync(kubeconfig, JSON.stringify(config));
  isIn = lookup({ kind: "existing", kubeconfig });
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

const object = (name: string, apiVersion = "v1", kind = "ConfigMap") => ({
  apiVersion,
  kind,
  metadata: { name, namespace: "shop" },
});

it.each([
  ["is there", object("there"), true],
  ["is not there", object("gone"), false],
  ["is of a kind that is not there", object("any", "v1", "Nothing"), false],
  ["is of a group that is not there", object("any", "example.com/v1", "Nothing"), false],
])("an object that %s", async (_, asked, is) => {
  expect(await isIn(asked)).toBe(is);
});

it.each(["hidden", "broken"])("one that is %s may be there", async (name) => {
  await expect(isIn(object(name))).rejects.toThrow();
});

it("where the cluster does not answer, each may be there", async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await expect(isIn(object("there"))).rejects.toThrow();
  server = createServer().listen(0, "127.0.0.1");
});
