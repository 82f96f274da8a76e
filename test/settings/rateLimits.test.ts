import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { settingsProblems } from "../../settings/parse.ts";
import { specOf } from "../components/traffic/declared.ts";
import { the } from "../recorder.ts";
import { generated, keyed, runProgram, someKubeconfig } from "../wholeProgram.ts";
import { inStackFile } from "./stackFile.ts";

const kubeconfig = someKubeconfig();
const ANY = /^(mesh|kubernetes|pulumi):/;
const LIMIT = "traffic: { reviews: { rateLimit: { scope: mesh, requests: 100, per: 1m } } }";

const sections = (yaml: string) => load(yaml) as Record<string, unknown>;
const words = (yaml: string) =>
  settingsProblems(inStackFile(sections(yaml))).map(({ path, reason }) => `${path} ${reason}`);
const declared = async (yaml: string) => {
  expect(words(yaml)).toEqual([]);
  const settings = { cluster: { kubeconfig }, observability: generated, ...sections(yaml) };
  return (await runProgram(keyed(settings), ANY)).resources;
};

const services = (resources: readonly { readonly type: string }[]) =>
  resources.filter(({ type }) => type === "mesh:traffic:RateLimitService");

describe("the rate limit service of a stack", () => {
  it("is there where a limit has the scope of the mesh", async () => {
    const resources = await declared(
      "traffic: { reviews: { rateLimit: { scope: mesh, requests: 100, per: 1m } }, r: { host: ratings.bookinfo.svc.cluster.local, rateLimit: { scope: mesh, requests: 5, per: 1h } }, details: { rateLimit: { requests: 1, per: 1s } } }",
    );
    expect(services(resources)).toHaveLength(1);
    const { data } = the(resources, "ConfigMap", "ratelimit-limits").inputs as { data: Record<string, string> };
    expect(Object.keys(data).sort()).toEqual(["ratings.bookinfo.yaml", "reviews.bookinfo.yaml"]);
    expect(specOf(resources, "EnvoyFilter", "r-rate-limit")).toMatchObject({
      workloadSelector: { labels: { app: "ratings" } },
      configPatches: [{ patch: { value: { typed_config: { domain: "ratings.bookinfo" } } } }],
    });
    expect(specOf(resources, "EnvoyFilter", "details-rate-limit")).toMatchObject({
      configPatches: [{ patch: { operation: "INSERT_FIRST" } }],
    });
  });

  it("is not there where none has", async () => {
    const resources = await declared("traffic: { reviews: { rateLimit: { scope: pod, requests: 1, per: 1s } } }");
    expect(services(resources)).toEqual([]);
    expect(JSON.stringify(resources)).not.toContain("rate-limit.svc");
  });

  it("is known to every proxy whose scope is narrow", async () => {
    const resources = await declared(`${LIMIT}\nsecurity: { sidecarScopes: true }`);
    expect(specOf(resources, "Sidecar", "calls-of-reviews")).toMatchObject({
      egress: [{ hosts: expect.arrayContaining(["rate-limit/ratelimit.rate-limit.svc.cluster.local"]) as unknown }],
    });
  });

  it.each<[why: string, yaml: string, said: string[]]>([
    [
      "it has nothing to count",
      "rateLimitService: { failureMode: deny }\ntraffic: { reviews: { rateLimit: { requests: 100, per: 1m } } }",
      ["mesh:rateLimitService has nothing to count: set scope: mesh in a rateLimit of mesh:traffic, or leave this out"],
    ],
    [
      "what it counts would go with a pod in production",
      `profile: production\n${LIMIT}`,
      [
        "mesh:rateLimitService.redis is missing: in the production profile limits with scope: mesh need a Redis that outlives a pod, such as ElastiCache; set redis.address",
      ],
    ],
    [
      "an application has its namespace",
      `${LIMIT}\napplications: { shop: { namespace: rate-limit, services: { a: { port: 80, versions: { v1: { image: "a/b:1" } } } } } }`,
      ["mesh:applications.shop.namespace is the namespace of the rate limit service: choose another"],
    ],
    [
      "the password of Redis can be read",
      `${LIMIT}\nrateLimitService: { redis: { address: "redis.example.com:6379", password: s3cret } }`,
      [
        "mesh:rateLimitService.redis.password is readable in the stack file: remove it there, then set it with: pulumi config set --secret --path 'mesh:rateLimitService.redis.password'",
      ],
    ],
  ])("is refused where %s", (_why, yaml, said) => {
    expect(words(yaml)).toEqual(said);
  });

  it("takes an encrypted password", () => {
    const redis = { address: "redis.example.com:6379", tls: true, password: { secure: "v1:abc" } };
    const settings = { ...sections(LIMIT), profile: "production", rateLimitService: { redis } };
    expect(settingsProblems(inStackFile(settings))).toEqual([]);
  });
});
