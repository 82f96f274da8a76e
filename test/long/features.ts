// The features of docs/traffic.md that no scenario is about: the stack file says them, requests prove them.
import { readFileSync } from "node:fs";
import { request as httpsRequest } from "node:https";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { until } from "../../lib/process.ts";
import { fetchPage } from "../../tools/mesh/page.ts";
import { selfSigned } from "../../tools/mesh/trialCertificates.ts";
import { acceptance } from "../../verify/binomial.ts";
import type { Clone } from "../e2e/clone.ts";
import type { Inside } from "../e2e/insideCalls.ts";
import { nodeAddress } from "../e2e/outsideHost.ts";

export interface Ground {
  readonly clone: Clone;
  readonly inside: Inside;
  /** Says it under `mesh:traffic` in the stack file, and brings it up. */
  readonly declare: (traffic: Readonly<Record<string, object>>) => Promise<void>;
}

const REVIEWS = "http://reviews:9080/reviews/0";
const details = (path: string) => `http://details:9080${path}`;

/** The version of reviews that has answered. */
const versionIn = (body: string) => /reviews-(v\d)/.exec(body)?.[1];

export function featureTests(ground: () => Ground): void {
  beforeAll(() => startServers(ground().inside));

  describe("by what a request says", () => {
    const header = (name: string, match: object, version: string) => ({
      match: [{ headers: { [name]: match } }],
      to: { [version]: 100 },
    });
    beforeAll(() =>
      ground().declare({
        reviews: {
          subsets: { v1: {}, v2: {}, v3: {} },
          routes: [
            header("cookie", { regex: String.raw`(?:.*;\s*)?group=b(?:\s*;.*)?` }, "v2"),
            header("user-agent", { regex: ".*Firefox/.*" }, "v3"),
            header("x-dev-user", { exact: "super-secret" }, "v2"),
            { to: { v1: 100 } },
          ],
        },
        details: {
          routes: [
            { match: [{ uri: { exact: "/old" } }], redirect: { uri: "/details/0", redirectCode: 308 } },
            { match: [{ uri: { prefix: "/books/" } }], rewrite: { uri: "/details/" } },
            { match: [{ uri: { regex: "/v[0-9]+/internal/.*" } }], directResponse: { status: 418 } },
            { match: [{ method: { exact: "DELETE" } }], directResponse: { status: 405 } },
            {
              match: [{ queryParams: { edition: { exact: "2" } } }],
              headers: { response: { set: { "x-edition": "second" } } },
            },
            {
              headers: {
                request: { remove: ["x-request-id"] },
                response: { add: { "x-mesh": "yes" }, remove: ["content-type"] },
              },
              cors: { allowOrigins: [{ exact: "https://shop.example.com" }], allowMethods: ["GET"], maxAge: "24h" },
            },
          ],
        },
      }),
    );

    it("chooses a version by cookie, user agent and a header that only some know", async () => {
      const { inside } = ground();
      const seen = async (...options: string[]) => versionIn((await inside.call(REVIEWS, ...options)).body);
      for (let time = 0; time < 5; time++) {
        expect(await seen("-H", "cookie: a=1; group=b; c=2")).toBe("v2");
        expect(await seen("-H", "cookie: group=bb")).toBe("v1");
        expect(await seen("-A", "Mozilla/5.0 Firefox/140.0")).toBe("v3");
        expect(await seen("-A", "curl")).toBe("v1");
        expect(await seen("-H", "x-dev-user: super-secret")).toBe("v2");
        expect(await seen("-H", "x-dev-user: guess")).toBe("v1");
      }
    });

    it("matches, rewrites, redirects, answers by itself, changes headers and allows origins", async () => {
      const { inside } = ground();
      const heads = async (path: string, ...options: string[]) => {
        const { status, body } = await inside.call(details(path), "-D", "-", "-o", "/dev/null", ...options);
        return { status, head: body.toLowerCase() };
      };

      const old = await heads("/old");
      expect(old.status).toBe(308);
      expect(old.head).toMatch(/location: http:\/\/details(:9080)?\/details\/0/);
      expect(JSON.parse((await inside.call(details("/books/0"))).body)).toMatchObject({ id: 0 });
      expect((await inside.call(details("/v12/internal/x"))).status).toBe(418);
      expect((await inside.call(details("/details/0"), "-X", "DELETE")).status).toBe(405);
      expect((await heads("/details/0?edition=2")).head).toContain("x-edition: second");

      const plain = await heads("/details/0");
      expect(plain.status).toBe(200);
      expect(plain.head).toContain("x-mesh: yes");
      expect(plain.head).not.toContain("x-edition");
      expect(plain.head).not.toMatch(/^content-type:/m);

      const preflight = ["-X", "OPTIONS", "-H", "access-control-request-method: GET", "-H"];
      expect((await heads("/details/0", ...preflight, "origin: https://shop.example.com")).head).toMatch(
        /access-control-allow-origin: https:\/\/shop\.example\.com[^]*access-control-max-age: 86400/,
      );
      expect((await heads("/details/0", ...preflight, "origin: https://evil.example.com")).head).not.toContain(
        "access-control-allow-origin",
      );
    });
  });

  it("takes turns between the pods where it is told to", async () => {
    const { inside, declare } = ground();
    await declare({ reviews: { trafficPolicy: { loadBalancer: { simple: "ROUND_ROBIN" } } } });
    // One connection is one worker of the proxy, which goes round by itself.
    const bodies = await inside.call(`${REVIEWS}#[1-30]`);
    const versions = [...bodies.body.matchAll(/reviews-(v\d)/g)].map(([, version]) => version);
    for (const version of ["v1", "v2", "v3"]) expect(versions.filter((each) => each === version)).toHaveLength(10);
  });

  it("mirrors the share that it is told to", async () => {
    const { inside, declare } = ground();
    await declare({
      reviews: {
        subsets: { v1: {}, v2: {} },
        routes: [{ to: { v1: 100 }, mirrors: [{ subset: "v2", percentage: 50 }] }],
      },
    });
    const copies = async () => (await inside.log("reviews", "v2")).length;
    const before = await copies();
    expect(new Set(await inside.calls(400, REVIEWS))).toEqual(new Set([200]));
    const { low, high } = acceptance(400, 0.5, 1e-6);
    await expect.poll(async () => (await copies()) - before, { timeout: 10_000 }).toBeGreaterThanOrEqual(low);
    expect((await copies()) - before).toBeLessThanOrEqual(high);
  });

  it("leaves weights, and the subsets' labels, to the controller that shifts them", async () => {
    const { inside, declare } = ground();
    const rules = (timeout: string) => ({
      subsets: { v1: {}, v2: {} },
      routes: [{ to: { v1: 100, v2: 0 } }],
      trafficPolicy: { connectionPool: { tcp: { connectTimeout: timeout } } },
    });
    const patched = (kind: string, name: string, path: string, value: unknown) => {
      const patch = JSON.stringify([{ op: "replace", path, value }]);
      return inside.kubectl("-n", "bookinfo", "patch", kind, name, "--type=json", "-p", patch);
    };
    await declare({ reviews: { ...rules("2s"), weightsManagedBy: "argo-rollouts" } });
    const shifted = [{ route: [{ destination: { host: "reviews", subset: "v2" } }] }];
    await patched("virtualservice", "reviews-routes", "/spec/http", shifted);
    // As the controller marks the pods of one ReplicaSet; here, v2's requests go to v3 by it.
    await patched("destinationrule", "reviews-versions", "/spec/subsets/1/labels", { version: "v3" });
    await declare({ reviews: { ...rules("3s"), weightsManagedBy: "argo-rollouts" } });
    await expect.poll(async () => versionIn((await inside.call(REVIEWS)).body), { timeout: 10_000 }).toBe("v3");
    for (let time = 0; time < 10; time++) expect(versionIn((await inside.call(REVIEWS)).body)).toBe("v3");

    await declare({ reviews: rules("3s") });
    await expect.poll(async () => versionIn((await inside.call(REVIEWS)).body), { timeout: 10_000 }).toBe("v1");
  });

  describe("at the borders of the mesh", () => {
    const closed = "closed.bookinfo.localhost";
    let address: string;
    let server: Awaited<ReturnType<typeof selfSigned>>;

    beforeAll(async () => {
      const { inside, declare } = ground();
      address = await nodeAddress(inside);
      server = await selfSigned([closed]);
      await inside.apply({
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: "closed-credential", namespace: "istio-ingress" },
        stringData: { "tls.key": server.key, "tls.crt": server.certificate, "ca.crt": server.certificate },
      });
      const plain = (port: number, version: string) => ({ address, ports: { plain: port }, labels: { version } });
      const outside = (port: object) => ({ ports: { web: port }, workloads: { one: { address } } });
      await declare({
        "vm.example.com": {
          external: {
            ports: { plain: { number: 3306, protocol: "TCP" } },
            workloads: { one: plain(8181, "v1"), two: plain(8182, "v2") },
          },
          subsets: { v1: {}, v2: {} },
          tcpRoutes: [{ to: { v1: 20, v2: 80 } }],
        },
        "api.example.com": {
          external: outside({ number: 80, protocol: "HTTP", targetPort: 8183 }),
          trafficPolicy: { portLevelSettings: { 80: { tls: { mode: "SIMPLE", insecureSkipVerify: true } } } },
        },
        "tls.example.com": {
          external: outside({ number: 443, protocol: "TLS", targetPort: 8183 }),
          tlsRoutes: [{ match: [{ port: 443, sniHosts: ["tls.example.com"] }] }],
        },
        details: { exposure: { hosts: [closed], tls: { mode: "MUTUAL", credentialName: "closed-credential" } } },
        productpage: {
          ingress: { hosts: ["plain.bookinfo.localhost"], port: 9080, paths: [{ exact: "/productpage" }] },
        },
      });
    });

    it("routes plain connections by weight to servers that are no pods", async () => {
      const toServers = ["--resolve", `vm.example.com:3306:${address}`, "-H", "connection: close"];
      const { body } = await ground().inside.call("http://vm.example.com:3306/#[1-300]", ...toServers);
      const second = body.split("server 8182").length - 1;
      expect(body.split("server 8181").length - 1 + second).toBe(300);
      const { low, high } = acceptance(300, 0.8, 1e-6);
      expect(second).toBeGreaterThanOrEqual(low);
      expect(second).toBeLessThanOrEqual(high);
    });

    it("encrypts on the way out, and routes by the name in TLS", async () => {
      const { inside } = ground();
      const originated = await inside.call("http://api.example.com/", "--resolve", `api.example.com:80:${address}`);
      expect(originated.body).toContain("encrypted api.example.com");
      const passed = await inside.call("https://tls.example.com/", "-k", "--resolve", `tls.example.com:443:${address}`);
      expect(passed.body).toContain("encrypted tls.example.com");
    });

    it("asks clients for a certificate at the gateway", async () => {
      // The testbed's folder says where it publishes ports.
      const folder = dirname(ground().clone.kubeconfig);
      const published = JSON.parse(readFileSync(join(folder, "published.json"), "utf8")) as Record<string, number>;
      const port = published["istio-ingress/istio-ingressgateway:443"] ?? NaN;
      const path = "/details/0";
      const options = { host: "127.0.0.1", port, servername: closed, path, headers: { host: closed } };
      const trusting = { ...options, ca: server.certificate };
      // The gateway learns of its Secret a moment after it is made.
      await until("the gateway to take the client's certificate", 30, async () => {
        const known = await ask({ ...trusting, key: server.key, cert: server.certificate }).catch(() => undefined);
        return known === 200 || undefined;
      });
      await expect(ask(trusting)).rejects.toThrow();
    });

    it("serves a plain Kubernetes Ingress", async () => {
      const { port } = await ground().clone.endpoint();
      const page = (path: string) => fetchPage({ host: "plain.bookinfo.localhost", port, path });
      await expect.poll(async () => (await page("/productpage")).status, { timeout: 10_000 }).toBe(200);
      expect((await page("/login")).status).toBe(404);
    });
  });
}

function ask(options: object): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpsRequest(options, (response) => {
      response.resume();
      resolve(response.statusCode ?? NaN);
    });
    request.on("error", reject);
    request.end();
  });
}

/** Three servers on the node, outside the mesh: two that answer in plain text and one that speaks TLS only. */
async function startServers(inside: Inside): Promise<void> {
  const { key, certificate } = await selfSigned(["api.example.com"]);
  const program = `
    for (const port of [8181, 8182]) require("node:http").createServer((_, response) => response.end("server " + port)).listen(port);
    const options = { key: process.env.KEY, cert: process.env.CERTIFICATE };
    require("node:https").createServer(options, (request, response) => response.end("encrypted " + request.headers.host)).listen(8183);
  `;
  const deployment = ["-n", "bookinfo", "get", "deployment", "details-v1"];
  const image = await inside.kubectl(...deployment, "-o", "jsonpath={.spec.template.spec.containers[0].image}");
  await inside.apply({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "servers", namespace: "outside", labels: { "sidecar.istio.io/inject": "false" } },
    spec: {
      hostNetwork: true,
      containers: [
        {
          name: "servers",
          image,
          command: ["node", "-e", program],
          env: [
            { name: "KEY", value: key },
            { name: "CERTIFICATE", value: certificate },
          ],
          readinessProbe: { tcpSocket: { port: 8183 }, periodSeconds: 1 },
        },
      ],
    },
  });
  await inside.kubectl("-n", "outside", "wait", "--for=condition=Ready", "pod/servers", "--timeout=60s");
}
