// Random changes to valid objects, each judged by the rules and by the cluster: the API server with Istio's webhook behind it, which
// takes nothing in (dry run). Costs about three minutes.
import { writeFileSync } from "node:fs";
import { Agent, request, type RequestOptions } from "node:https";
import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { check } from "../../policies/cli/check.ts";
import { manifestsOf } from "../../policies/cli/manifests.ts";
import { rules } from "../../policies/rules/index.ts";
import { Clone } from "../e2e/clone.ts";
import { changed, pathsIn } from "../policies/changes.ts";
import type { Manifest } from "../policies/judge.ts";
import * as valid from "../policies/valid.ts";

const COUNT = 5000;
/** The share of what the cluster refuses that the rules may miss. */
const MISSED = 0.002;
const SEED = 20_261_129;
/** That of the valid objects, some of which name it in their references. */
const NAMESPACE = "prod";
/** So many requests are on their way at a time. */
const PARALLEL = 8;

/** What stands in place of a value: of other types, at and beyond limits, empty, and of a form that few fields take. */
const VALUES: readonly unknown[] = [
  ...[
    null,
    true,
    "true",
    0,
    1,
    -1,
    1.5,
    65_536,
    2 ** 31,
    1e12,
    "",
    " ",
    "a",
    "A",
    "a b",
    "a/b",
    "a.b",
    "*",
    "*.a",
    "-a",
    "a-",
  ],
  ...[
    "0s",
    "1ms",
    "1us",
    "-1s",
    "5",
    "5m5",
    "1h",
    "1.5s",
    "10.0.0.1",
    "10.0.0.0/8",
    "10.0.0.0/33",
    "::1",
    "http://a.b/c",
  ],
  ...["STRICT", "UNKNOWN", "HTTP", "x".repeat(64), "x".repeat(300), "%A%", "%%", "(", "[a", "é", "\u0000"],
  ...[[], {}, [""], ["a"], ["a", "a"], [1], [{}], [null], { a: "b" }, { a: 1 }, { "": "" }, { a: null }],
];

interface Mutant {
  readonly object: Manifest;
  readonly what: string;
}

const mutants: fc.Arbitrary<Mutant> = fc
  .constantFrom(...Object.values(valid))
  .chain((object) => fc.tuple(fc.constant(object), fc.constantFrom(...pathsIn(object.spec, "spec").slice(1))))
  .chain(([object, path]) =>
    fc.oneof(
      fc.constant({ object: changed(object, { [path]: undefined }), what: `${object.kind} without ${path}` }),
      fc.constantFrom(...VALUES).map((value) => ({
        object: changed(object, { [path]: value }),
        what: `${object.kind} ${path} = ${JSON.stringify(value).slice(0, 40)}`,
      })),
      fc.constant({ object: misspelt(object, path), what: `${object.kind} ${path} misspelt` }),
    ),
  );

/** The object with the last key of a path spelt wrongly; an item of a list is doubled. */
function misspelt(object: Manifest, path: string): Manifest {
  const [, above = "", name, quoted, index] = /^(.*?)(?:\.([^.[\]]+)|\["([^"]*)"\]|\[(\d+)\])$/.exec(path) ?? [];
  const value = valueAt(object, path);
  if (index !== undefined) return changed(object, { [`${above}[${Number(index) + 1}]`]: value });
  const key = name ?? quoted ?? "";
  return changed(object, { [path]: undefined, [`${above}["${key.slice(1)}${key.slice(0, 1)}"]`]: value });
}

function valueAt(object: Manifest, path: string): unknown {
  const keys = [...path.matchAll(/\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? "");
  return keys.reduce<unknown>((place, key) => (place as Record<string, unknown> | undefined)?.[key], object);
}

/** Whether the rules say that a cluster refuses the object. */
function isRefusedByRules(object: Manifest): boolean {
  const document = { file: "mutant.yaml", line: 1, index: 0, text: "", value: object };
  const { objects, sources } = manifestsOf([document]);
  const { reports, failures } = check(rules, { sets: [{ name: "", objects }], sources });
  expect(failures).toEqual([]);
  return reports.some(({ codes, severity }) => codes.includes("IST0106") && severity === "error");
}

describe("random changes to valid objects", () => {
  let clone: Clone;
  let server: RequestOptions;
  beforeAll(async () => {
    clone = await Clone.of();
    clone.configure((config) => ({
      ...config,
      "mesh:observability": { enabled: false },
      "mesh:bookinfo": { enabled: false },
    }));
    await clone.makeWell("up");
    const config = new KubeConfig();
    config.loadFromFile(clone.kubeconfig);
    const { hostname, port } = new URL(config.getCurrentCluster()?.server ?? "");
    const tls: RequestOptions = {};
    await config.applyToHTTPSOptions(tls);
    const { ca, cert, key } = tls;
    const agent = new Agent({ ca, cert, key, keepAlive: true, maxSockets: PARALLEL });
    server = { ca, cert, key, hostname, port, agent };
    await config.makeApiClient(CoreV1Api).createNamespace({ body: { metadata: { name: NAMESPACE } } });
  });
  afterAll(async () => {
    await clone.makeWell("down");
    clone.remove();
  });

  /** What the cluster says against an object; nothing if it would take it. */
  function refusal({ apiVersion, kind, metadata, spec }: Manifest): Promise<string | undefined> {
    const plural = `${kind.toLowerCase()}s`.replace(/(?<=[^aeiou])ys$/, "ies");
    const path = `/apis/${apiVersion}/namespaces/${NAMESPACE}/${plural}?dryRun=All&fieldValidation=Strict`;
    const headers = { "content-type": "application/json" };
    const body = { apiVersion, kind, metadata: { ...(metadata as object), namespace: NAMESPACE }, spec };
    return new Promise((resolve, reject) => {
      const call = request({ ...server, method: "POST", path, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () => {
          const text = Buffer.concat(parts).toString();
          const { statusCode = 0 } = response;
          if (statusCode < 300) resolve(undefined);
          else if (statusCode === 404 || statusCode >= 500) reject(new Error(`${path}: ${statusCode} ${text}`));
          else resolve((JSON.parse(text) as { message: string }).message);
        });
      });
      call.on("error", reject);
      call.end(JSON.stringify(body));
    });
  }

  it(`are refused by the rules where the cluster refuses them, of ${COUNT}`, { timeout: 1_200_000 }, async () => {
    const all = fc.sample(mutants, { numRuns: COUNT, seed: SEED });
    const missed: string[] = [];
    const wrong: string[] = [];
    let refused = 0;
    let next = 0;
    const work = async () => {
      for (let mutant = all[next++]; mutant !== undefined; mutant = all[next++]) {
        const said = await refusal(mutant.object);
        const found = isRefusedByRules(mutant.object);
        if (said !== undefined) refused += 1;
        if (said !== undefined && !found) missed.push(`${mutant.what}: ${said.slice(0, 300)}`);
        if (said === undefined && found) wrong.push(mutant.what);
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, work));
    if (process.env.MUTANTS) writeFileSync(process.env.MUTANTS, JSON.stringify({ refused, missed, wrong }, null, 1));
    // Enough of both kinds, or the test says nothing.
    expect(refused).toBeGreaterThan(COUNT / 10);
    expect(refused).toBeLessThan(COUNT * 0.9);
    expect(wrong).toEqual([]);
    expect(missed.length / COUNT, missed.join("\n")).toBeLessThanOrEqual(MISSED);
  });
});
