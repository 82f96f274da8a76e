// Changes that people make, and what the comment on the pull request says of each.
import { describe, expect, it } from "vitest";
import { markdown } from "../../report/markdown.ts";
import { stackReport } from "../../report/stackReport.ts";
import type { Levels } from "../../policies/engine/judge.ts";
import { html } from "../../report/html.ts";
import { eventsOf, manifests, withFindings, withSteps } from "./change.ts";
import { BESIDE } from "./beside.ts";
import { mesh, split, stock } from "./shop.ts";

const policy = (kind: string, spec: string) =>
  manifests(`
apiVersion: security.istio.io/v1
kind: ${kind}
metadata: { name: stock, namespace: shop }
spec: ${spec}
`);

/** The rules whose findings a reader may expect here. */
const levels: Levels = {
  all: "disabled",
  "no-fault-injection": "mandatory",
  "mtls-not-weakened": "mandatory",
  "gateway-serves-tls": "advisory",
  "http-route-has-timeout": "advisory",
  "routed-subset-exists": "mandatory",
};

const CHANGES: Readonly<Record<string, readonly [before: object[], after: object[]]>> = {
  "canary-step": [stock(split(90, 10)), stock(split(70, 30))],
  promote: [stock(split(70, 30)), stock(split(0, 100))],
  "new-version": [
    [],
    stock(
      "[{ match: [{ headers: { x-beta: {} } }], route: [{ destination: { host: stock, subset: v2 } }] }, { route: [{ destination: { host: stock, subset: v1 } }] }]",
    ),
  ],
  "fault-left-in": [
    stock(split(50, 50)),
    stock(
      "[{ fault: { abort: { httpStatus: 503, percentage: { value: 20 } }, delay: { fixedDelay: 2s, percentage: { value: 5 } } }, route: [{ destination: { host: stock, subset: v1 } }] }]",
    ),
  ],
  "subset-that-is-not-there": [
    stock(split(50, 50)),
    stock("[{ route: [{ destination: { host: stock, subset: v3 } }] }]"),
  ],
  "strict-and-authorized": [
    policy("PeerAuthentication", "{ mtls: { mode: PERMISSIVE } }"),
    [
      ...policy("PeerAuthentication", "{ mtls: { mode: STRICT } }"),
      ...policy(
        "AuthorizationPolicy",
        "{ selector: { matchLabels: { app: stock } }, rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/cart] } }], to: [{ operation: { methods: [GET] } }] }] }",
      ),
    ],
  ],
  "timeouts-and-retries": [
    stock("[{ route: [{ destination: { host: stock } }] }]"),
    stock(
      "[{ timeout: 2s, retries: { attempts: 3, retryOn: 5xx }, mirrors: [{ destination: { host: stock, subset: v2 } }], route: [{ destination: { host: stock, subset: v1 } }] }]",
    ),
  ],
  "another-host-at-the-gateway": [
    [],
    manifests(`
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: stock, namespace: shop }
spec:
  selector: { istio: ingress }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [stock.example], tls: { httpsRedirect: true } }]
`),
  ],
  nothing: [stock(split(50, 50)), stock(split(50, 50))],
};

const goldens = [
  ...Object.entries(CHANGES).map(([name, [before, after]]) => {
    const events = eventsOf([...mesh, ...before], [...mesh, ...after]);
    return { name, report: stackReport("dev", withFindings(events, levels), { levels }) };
  }),
  ...Object.entries(BESIDE).map(([name, { steps, releases = [] }]) => {
    const events = withSteps(eventsOf(mesh, mesh), steps);
    return { name, report: stackReport("dev", withFindings(events, levels), { levels, releases }) };
  }),
];

describe("the report of a change", () => {
  it.each(goldens)("$name", async ({ name, report }) => {
    const text = markdown([report]);
    expect(text.split("\n").length).toBeLessThan(60);
    await expect(text).toMatchFileSnapshot(`goldens/${name}.md`);
    await expect(`${JSON.stringify(report, null, 2)}\n`).toMatchFileSnapshot(`goldens/${name}.json`);
    await expect(html([report])).toMatchFileSnapshot(`goldens/${name}.html`);
  });

  it("is a line each for stacks in which nothing changes", () => {
    const same = eventsOf(mesh, mesh);
    const step = eventsOf([...mesh, ...stock(split(90, 10))], [...mesh, ...stock(split(70, 30))]);
    const text = markdown([stackReport("dev", step), stackReport("staging", same), stackReport("prod", same)]);
    expect(text).toContain("| `prod` | nothing changes | 0 | none |");
    expect(text.match(/^### /gm)).toHaveLength(1);
  });

  it("is short for one weight", () => {
    const step = eventsOf([...mesh, ...stock(split(90, 10))], [...mesh, ...stock(split(70, 30))]);
    const text = markdown([stackReport("dev", step)]);
    expect(text.split("\n").length).toBeLessThan(40);
    expect(text).toContain("90 % v1; 10 % v2 | **70 % v1; 30 % v2**");
  });

  it("is silent about requests where the mesh is new, or goes", () => {
    for (const events of [eventsOf([], mesh), eventsOf(mesh, [])]) {
      expect(stackReport("dev", events).traffic.moved).toEqual([]);
    }
  });

  it("says of a service that comes or goes what its name means", () => {
    const others = mesh.filter((one) => !/"kind":"Service".*"name":"stock"/.test(JSON.stringify(one)));
    const [gone] = stackReport("dev", eventsOf(mesh, others)).traffic.moved;
    expect(gone).toMatchObject({
      host: "stock.shop",
      before: "stock-v1, stock-v2",
      after: "no such host",
      isLost: true,
    });
    const [comes] = stackReport("dev", eventsOf(others, mesh)).traffic.moved;
    expect(comes).toMatchObject({ before: "no such host", after: "stock-v1, stock-v2", isLost: false });
  });

  it("asks for what a policy of the whole mesh tells apart", () => {
    const guard = manifests(`
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: guard, namespace: istio-system }
spec: { action: DENY, rules: [{ to: [{ operation: { paths: [/admin] } }] }] }
`);
    const { moved } = stackReport("dev", eventsOf(mesh, [...mesh, ...guard])).traffic;
    const toStock = moved.filter(({ host }) => host === "stock.shop");
    expect(toStock.map(({ requests, after }) => [requests, after])).toEqual([[["GET /admin"], "403 (authorization)"]]);
  });

  it("is the same however the engine orders its events", () => {
    const events = eventsOf(mesh, [...mesh, ...stock(split(90, 10))]);
    const [first, ...rest] = events;
    const turned = [...rest.slice(0, -1).toReversed(), ...(first ? [first] : []), ...rest.slice(-1)];
    expect(markdown([stackReport("dev", turned)])).toBe(markdown([stackReport("dev", events)]));
  });
});
