// Servers with TLS, which the name in the client's greeting tells apart.
import { describe, expect, it } from "vitest";
import { serversAt } from "../../../istio/routing/virtualHosts.ts";
import { simulate } from "../../../istio/routing/simulate.ts";
import { askedFor } from "../../../report/askedFor.ts";
import { outcomeText } from "../../../report/words.ts";
import { gatewayPods, worldOfYaml } from "./worldOf.ts";

const server = (name: string, port: number, protocol: string, hosts: string, tls = "") =>
  `{ port: { number: ${port}, name: ${name}, protocol: ${protocol} }, hosts: ${hosts}${tls === "" ? "" : `, tls: ${tls}`} }`;

const mesh = (...servers: readonly string[]) =>
  worldOfYaml(`
${gatewayPods("doors").trim()}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: door, namespace: doors }
spec: { selector: { istio: ingress }, servers: [${servers.join(", ")}] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: one, namespace: doors }
spec: { gateways: [door], hosts: [one.example], http: [{ directResponse: { status: 210 } }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: all, namespace: doors }
spec: { gateways: [door], hosts: ["*.example"], http: [{ match: [{ scheme: { exact: https } }], directResponse: { status: 220 } }] }
`);

const SECRET = "{ mode: SIMPLE, credentialName: door }";
const world = mesh(
  server("http", 80, "HTTP", "[one.example]", "{ httpsRedirect: true }"),
  server("one", 443, "HTTPS", "[one.example]", SECRET),
  server("all", 443, "HTTPS", '["*.example"]', SECRET),
);

describe("a gateway with TLS", () => {
  it.each([
    // Both VirtualServices are for the only host of this server, and what takes everything goes last.
    ["https://one.example/", "220 (direct response)"],
    ["https://two.example/", "220 (direct response)"],
    ["https://two.elsewhere/", "closed connection (no server)"],
    ["http://one.example/a?b=c", "301 (https redirect to https://one.example/a?b=c)"],
    ["http://two.example/", "404 (no host)"],
    // Plain text at a port with TLS, and a port that nobody opened.
    ["http://one.example:443/", "closed connection (no server)"],
    ["http://one.example:8080/", "closed connection (no server)"],
  ])("takes %s as it is meant", (url, expected) => {
    expect(outcomeText(simulate(world, askedFor(world, `GET ${url}`, "ingress")))).toBe(expected);
  });

  it("keeps to what the first server of a port is, where another contradicts it", () => {
    const mixed = mesh(
      server("plain", 443, "HTTP", "[one.example]"),
      server("one", 443, "HTTPS", "[one.example]", SECRET),
    );
    expect(outcomeText(simulate(mixed, askedFor(mixed, "GET https://one.example/", "ingress")))).toBe(
      "closed connection (no server)",
    );
    expect(outcomeText(simulate(mixed, askedFor(mixed, "GET http://one.example:443/", "ingress")))).toBe(
      "210 (direct response)",
    );
  });
});

describe("Gateways of the same pods", () => {
  const gateway = (name: string, created: string) => `---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: doors${created === "" ? "" : `, creationTimestamp: "${created}"`} }
spec: { selector: { istio: ingress }, servers: [${server("http", 80, "HTTP", `[${name}.example]`)}] }
`;

  it("are read oldest first, by name where they are as old, and last where they are still to be made", () => {
    const old = ["2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z"] as const;
    const names = [gateway("a", ""), gateway("d", old[0]), gateway("c", old[0]), gateway("e", old[1])].join("");
    const read = worldOfYaml(`${gatewayPods("doors").trim()}\n${names}`);
    const [pod] = read.workloads;
    expect(pod && serversAt(read, pod, 80).map((one) => one.gateway.name)).toEqual(["e", "c", "d", "a"]);
  });
});
