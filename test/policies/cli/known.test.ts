import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { run, scratch, type Reported } from "./example.ts";

const { folder } = scratch();

const POLICY = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: cart, namespace: shop}
spec:
  selector: {matchLabels: {app: cart}}
  rules: [{when: [{key: "request.auth.claims[group]", values: [staff]}]}]
`;

/** A cluster that has some objects, by the names that kubectl takes for their kinds. */
function clusterWith(rows: Readonly<Record<string, string>>): void {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  const cases = Object.entries(rows).map(([resource, row]) => `${resource}) echo "${row}" ;;`);
  writeFileSync(join(bin, "kubectl"), `#!/bin/sh\ncase "$4" in\n${cases.join("\n")}\nesac\n`);
  chmodSync(join(bin, "kubectl"), 0o755);
  vi.stubEnv("PATH", `${bin}${delimiter}${process.env.PATH ?? ""}`);
}

function errorsOf(yaml: string): string[] {
  const file = join(folder, "policies.yaml");
  writeFileSync(file, yaml);
  const found = JSON.parse(run("--json", "--min-severity", "error", "--context", "prod", file).out) as Reported[];
  return found.map(({ rule }) => rule);
}

describe("what is in a cluster beside the files", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  const namespaces = { namespaces: "shop Active 9d <none>" };

  it("is missed where it is not there", () => {
    clusterWith(namespaces);
    expect(errorsOf(POLICY)).toContain("matched-token-validated");
  });

  it("counts as what the files lack", () => {
    clusterWith({ ...namespaces, "requestauthentications.security.istio.io": "shop cart 9d <none>" });
    expect(errorsOf(POLICY)).not.toContain("matched-token-validated");
  });
});
