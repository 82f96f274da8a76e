import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll } from "vitest";
import { main } from "../../../policies/cli/main.ts";
import type { Rule } from "../../../policies/engine/rule.ts";

/** What no rule has anything to say about. */
export const GOOD = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: reviews, namespace: shop}
spec:
  host: reviews
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: v1
kind: Service
metadata: {name: reviews, namespace: shop}
spec:
  selector: {app: reviews}
  ports: [{name: http, port: 80}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: reviews-v1, namespace: shop}
spec:
  selector: {matchLabels: {app: reviews, version: v1}}
  template:
    metadata: {labels: {app: reviews, version: v1}}
    spec:
      containers: [{name: reviews, image: "reviews:1.0.0", ports: [{containerPort: 80}]}]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: reviews, namespace: shop}
spec:
  selector: {matchLabels: {app: reviews}}
  rules: [{to: [{operation: {methods: [GET]}}]}]
---
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: reviews, namespace: shop}
spec:
  hosts: [reviews]
  http:
    - route:
        - destination:
            host: reviews
            subset: v1
`;
/** The same with a route to a subset that there is not. */
export const BAD = GOOD.replace("subset: v1", "subset: v7");
/** Where that stands. */
export const LINE = BAD.split("\n").indexOf("            subset: v7") + 1;

/** Calls mesh-check in this process. */
export function run(...args: readonly string[]) {
  return runWith(undefined, ...args);
}

/** The same with other rules. */
export function runWith(rules: readonly Rule[] | undefined, ...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = main(
    args,
    (text) => out.push(text),
    (text) => err.push(text),
    rules,
  );
  return { code, out: out.join("\n"), err: err.join("\n") };
}

export interface Reported {
  readonly rule: string;
  readonly code: string | null;
  readonly severity: string;
  readonly namespace: string;
  readonly set?: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}
export const json = (...args: readonly string[]) => JSON.parse(run("--json", ...args).out) as Reported[];

/** A folder for the tests of a file, and what puts files into it. */
export function scratch() {
  const folder = mkdtempSync(path.join(tmpdir(), "mesh-check-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const at = (name: string) => path.join(folder, name);
  const write = (name: string, content: string | Uint8Array) => {
    mkdirSync(path.dirname(at(name)), { recursive: true });
    writeFileSync(at(name), content);
    return at(name);
  };
  return { folder, at, write };
}
