// What must never show, planted wherever it may stand, and looked for in every format. The engine blinds what Pulumi holds as a secret;
// here it has not, so that nothing depends on that.
import { describe, expect, it } from "vitest";
import type { Manifest } from "../../report/charts/manifest.ts";
import { html } from "../../report/html.ts";
import { markdown } from "../../report/markdown.ts";
import { sarif } from "../../report/sarif.ts";
import { stackReport } from "../../report/stackReport.ts";
import { generatedSecrets } from "../../settings/generatedSecrets.ts";
import { eventsOf, manifests, withFindings, withSteps, type Changed } from "./change.ts";
import { mesh } from "./shop.ts";

const MARKER = "PLANTED";
let count = 0;
const planted = (side: string) => `${MARKER}-${side}-${++count}`;

/** Objects that hold something secret in each place that Kubernetes has for it, and in some that it has not. */
const objects = (side: string) =>
  manifests(`
apiVersion: v1
kind: Secret
metadata: { name: keys, namespace: shop, annotations: { note: ${planted(side)} } }
data: { password: ${planted(side)} }
stringData: { token: ${planted(side)} }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: config, namespace: shop }
data: { plain: ${planted(side)}, nested: "{ a: { b: ${planted(side)} } }" }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart-v1, namespace: shop, annotations: { kubectl.kubernetes.io/last-applied-configuration: ${planted(side)} } }
spec:
  template:
    metadata: { labels: { app: cart, version: v1 }, annotations: { vault.example/token: ${planted(side)} } }
    spec:
      serviceAccountName: cart
      containers:
        - name: main
          image: cart
          args: ["--password", ${planted(side)}]
          command: [${planted(side)}]
          env: [{ name: TOKEN, value: ${planted(side)} }]
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: tokens, namespace: shop }
spec: { jwtRules: [{ issuer: "https://login.example", jwks: "{ k: ${planted(side)} }" }] }
---
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: filter, namespace: shop }
spec: { configPatches: [{ applyTo: HTTP_FILTER, patch: { operation: ADD, value: { secret: ${planted(side)} } } }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: stock, namespace: shop }
spec:
  hosts: [stock]
  http:
    - headers: { request: { set: { authorization: ${planted(side)} } } }
      directResponse: { status: ${side === "before" ? 200 : 201}, body: { string: ${planted(side)} } }
`);

/** The values of a release, in which every secret of the settings stands, and those of the environment. */
const values = (side: string) => ({
  env: [{ name: "TOKEN", value: planted(side) }],
  extraEnv: { PASSWORD: planted(side) },
  annotations: { note: planted(side) },
  ...Object.fromEntries(generatedSecrets.map(({ path }) => [path.join("-"), planted(side)])),
  ...Object.fromEntries(
    ["password", "secretEnv", "signingKey", "clientSecret", "cookieSecret"].map((key) => [key, { key: planted(side) }]),
  ),
});

const inputs = (side: string) => ({
  ...{ name: "web", namespace: "shop", chart: "web", version: side === "before" ? "1.0.0" : "1.1.0" },
  repositoryOpts: { repo: "https://charts.example", username: planted(side), password: planted(side) },
  values: values(side),
});

const steps: readonly Changed[] = [
  {
    ...{ type: "kubernetes:helm.sh/v3:Release", name: "web", diffs: ["values"] },
    ...{ before: inputs("before"), after: inputs("after"), outputs: { status: planted("outputs") } },
  },
  {
    ...{ type: "aws:eks/nodeGroup:NodeGroup", name: "nodes", op: "replace", keys: ["userData"] },
    before: { userData: planted("before"), scalingConfig: { minSize: 1 } },
    after: { userData: planted("after"), scalingConfig: { minSize: 2 } },
  },
  {
    ...{ type: "random:index/randomPassword:RandomPassword", name: "password" },
    ...{ before: { keepers: { a: planted("before") } }, outputs: { result: planted("outputs") } },
  },
];

describe("what is secret", () => {
  const events = withFindings(
    withSteps(eventsOf([...mesh, ...objects("before")], [...mesh, ...objects("after")]), steps),
    {},
  );
  const rendered = (side: string): readonly Manifest[] => objects(side) as Manifest[];
  const report = stackReport("dev", events, {
    releases: [
      {
        ...{ release: "web", charts: ["web 1.0.0", "web 1.1.0"], leftOut: [] },
        rendered: (() => {
          const [before, after] = [rendered("before"), rendered("after")];
          return { before: [before, before] as const, after: [after, after] as const };
        })(),
      },
    ],
  });
  const located = { report, file: "Pulumi.dev.yaml", placeOf: () => undefined };

  it("was planted, and what holds it changes", () => {
    expect(JSON.stringify(events).split(MARKER).length).toBeGreaterThan(60);
    expect(report.charts[0]?.changed.map(({ object }) => object)).toEqual([
      "ConfigMap shop/config",
      "Deployment shop/cart-v1",
      "EnvoyFilter shop/filter",
      "RequestAuthentication shop/tokens",
      "Secret shop/keys",
      "VirtualService shop/stock",
    ]);
    expect(report.findings.length).toBeGreaterThan(0);
    expect(report.traffic.moved.length).toBeGreaterThan(0);
  });

  it.each([
    ["Markdown", () => markdown([report])],
    ["a comment that is cut", () => markdown([report, report], 2000)],
    ["JSON", () => JSON.stringify(report)],
    ["HTML", () => html([report])],
    ["SARIF", () => JSON.stringify(sarif([located]))],
  ])("never shows in %s", (_, text) => {
    expect(text()).not.toContain(MARKER);
  });
});
