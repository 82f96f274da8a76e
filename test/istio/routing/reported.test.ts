// What users of Istio have reported as a surprise: the simulator says beforehand what they found out afterwards.
import { describe, expect, it } from "vitest";
import { simulate } from "../../../istio/routing/simulate.ts";
import { askedFor } from "../../../report/askedFor.ts";
import { outcomeText } from "../../../report/words.ts";
import { gatewayPods, worldOfYaml } from "./worldOf.ts";

const GATEWAY = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
${gatewayPods("shop").trim()}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: door, namespace: shop }
spec:
  selector: { istio: ingress }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: main }] } } }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 8080 }] }
`;

const virtualService = (name: string, created: string, hosts: string, http: string) => `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: shop, creationTimestamp: "${created}" }
spec: { gateways: [door], hosts: ${hosts}, http: ${http} }
`;

const [OLDER, NEWER] = ["2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"];
const to = (match: string, more = "") => `[{ match: [${match}], ${more} route: [{ destination: { host: web } }] }]`;
const answers = (match: string, status: number) => `[{ match: [${match}], directResponse: { status: ${status} } }]`;

function path(yaml: string, request: string): string {
  const world = worldOfYaml(GATEWAY + yaml);
  const [result] = simulate(world, askedFor(world, request, "ingress")).results;
  return result?.kind === "sent" ? result.path : "";
}

function answer(yaml: string, request: string): string {
  const world = worldOfYaml(GATEWAY + yaml);
  return outcomeText(simulate(world, askedFor(world, request, "ingress")));
}

describe("a surprise of", () => {
  it("istio/istio#58453: of two VirtualServices the older goes first, however general, but what takes everything goes last", () => {
    const specific = virtualService("specific", NEWER, "[example.com]", answers("{ uri: { prefix: /api/v1 } }", 210));
    const general = virtualService("general", OLDER, "[example.com]", answers("{ uri: { prefix: /api } }", 220));
    const all = virtualService("general", OLDER, "[example.com]", answers("{ uri: { prefix: / } }", 220));
    expect(answer(specific + general, "GET http://example.com/api/v1")).toBe("220 (direct response)");
    expect(answer(specific + all, "GET http://example.com/api/v1")).toBe("210 (direct response)");
  });

  it("istio/istio#57404: routes of the host * are none of a host that has its own", () => {
    const any = virtualService("any", OLDER, '["*"]', answers("{ uri: { prefix: /a } }", 210));
    const own = virtualService("own", NEWER, "[foo.bar]", answers("{ uri: { prefix: /b } }", 220));
    expect(answer(any + own, "GET http://foo.bar/a")).toBe("404 (no route)");
    expect(answer(any + own, "GET http://other.example/a")).toBe("210 (direct response)");
  });

  it("istio/istio#18849: a prefix takes a longer name as well", () => {
    const first = virtualService("root", OLDER, '["*"]', answers("{ uri: { prefix: /test-root } }", 210));
    const second = virtualService("root1", NEWER, '["*"]', answers("{ uri: { prefix: /test-root1 } }", 220));
    expect(answer(first + second, "GET http://any.example/test-root1/")).toBe("210 (direct response)");
  });

  it("istio/istio#26828: a prefix without a slash at its end, rewritten to /, leaves two", () => {
    const routes = virtualService(
      "common",
      OLDER,
      "[example.com]",
      to("{ uri: { prefix: /common } }", "rewrite: { uri: / },"),
    );
    expect(path(routes, "GET http://example.com/common/api?arg=43")).toBe("//api?arg=43");
  });

  it("istio/istio#45148: a rewrite without a match replaces the first slash", () => {
    const plain = virtualService(
      "plain",
      OLDER,
      "[example.com]",
      "[{ rewrite: { uri: /path }, route: [{ destination: { host: web } }] }]",
    );
    expect(path(plain, "GET http://example.com/foo")).toBe("/pathfoo");
    const empty = virtualService(
      "empty",
      OLDER,
      "[example.com]",
      to('{ uri: { prefix: "" } }', "rewrite: { uri: /path },"),
    );
    expect(path(empty, "GET http://example.com/foo")).toBe("/path/foo");
  });

  it("istio/istio#49112: the host itself goes before the wildcard, whichever is older", () => {
    const wide = virtualService(
      "wide",
      OLDER,
      '["*.example.com"]',
      answers("{ headers: { header2: { exact: value2 } } }", 210),
    );
    const own = virtualService("own", NEWER, "[www.example.com]", answers("{ uri: { prefix: / } }", 220));
    expect(answer(wide + own, "GET http://www.example.com/ -H 'header2: value2'")).toBe("220 (direct response)");
  });
});
