import { describe, expect, it } from "vitest";
import { MeshNamespace } from "../../../components/application/meshNamespace.ts";
import { HostTraffic } from "../../../components/traffic/hostTraffic.ts";
import type { RateLimitOptions } from "../../../components/traffic/rateLimit/rateLimitOptions.ts";
import { redisLogin } from "../../../components/traffic/rateLimit/service/serviceObjects.ts";
import {
  rateLimitService,
  type RateLimitServiceOptions,
} from "../../../components/traffic/rateLimit/service/serviceOptions.ts";
import { RateLimitService } from "../../../components/traffic/rateLimit/service/rateLimitService.ts";
import type { Profile } from "../../../components/profile.ts";
import { record, the, type Recorded } from "../../recorder.ts";
import { CONTROL_PLANE, mesh } from "../mesh.ts";
import { specOf } from "./declared.ts";
import { wordsOf } from "./problems.ts";

const KNOWN = /^(mesh:(traffic|application)|kubernetes:(test|core|apps|policy|networking\.istio\.io)\/v1(alpha3)?):/;
const rateLimit: RateLimitOptions = { scope: "mesh", requests: 100, per: "1m" };
const redis = { address: "redis.example.com:6380" };

/** A service that counts for reviews, and its limit. */
const counting = (told: RateLimitServiceOptions = {}, profile: Profile = "demo", preview = false) =>
  record(
    () => {
      const own = new MeshNamespace("rate-limit");
      const hosts = [{ domain: "reviews.bookinfo", limits: rateLimit }];
      const all = mesh();
      const service = new RateLimitService("ratelimit", { ...told, hosts, namespace: own, profile, mesh: all });
      const namespace = new MeshNamespace("bookinfo");
      new HostTraffic("reviews", { rateLimit, namespace, mesh: all, rateLimitService: service });
    },
    KNOWN,
    { preview },
  );

interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
  readonly securityContext: object;
}

interface Deployment {
  readonly spec: {
    readonly replicas: number;
    readonly template: {
      readonly metadata: { readonly annotations: Record<string, string> };
      readonly spec: {
        readonly initContainers?: readonly Container[];
        readonly containers: readonly [Container];
        readonly topologySpreadConstraints?: unknown;
        readonly securityContext: object;
      };
    };
  };
}

const deployment = (resources: readonly Recorded[]) =>
  (the(resources, "Deployment", "ratelimit").inputs as unknown as Deployment).spec;
const environment = (resources: readonly Recorded[]) =>
  Object.fromEntries(
    (deployment(resources).template.spec.containers[0].env ?? []).map(({ name, value, valueFrom }) => [
      name,
      value ?? valueFrom,
    ]),
  );

describe("RateLimitService", () => {
  it.each([true, false])("is a Deployment with its limits and a Service (preview: %s)", async (preview) => {
    const resources = await counting({}, "demo", preview);
    const own = resources.filter(({ parent }) => parent === "mesh:traffic:RateLimitService ratelimit");
    expect(own.map(({ type, name }) => `${type} ${name}`).sort()).toEqual([
      "kubernetes:apps/v1:Deployment ratelimit",
      "kubernetes:core/v1:ConfigMap ratelimit-limits",
      "kubernetes:core/v1:Service ratelimit",
      "kubernetes:core/v1:ServiceAccount ratelimit",
    ]);
    expect(the(resources, "Service", "ratelimit").inputs).toMatchObject({
      metadata: { name: "ratelimit", namespace: "rate-limit" },
      spec: { selector: { app: "ratelimit" }, ports: [{ name: "grpc", port: 8081 }] },
    });
    expect(the(resources, "Deployment", "ratelimit").dependsOn).toContain(CONTROL_PLANE);
  });

  it("is there before sidecars ask it, by the name that they know", async () => {
    const resources = await counting({ failureMode: "deny" });
    expect(the(resources, "EnvoyFilter", "reviews-rate-limit").dependsOn).toContain(
      "kubernetes:apps/v1:Deployment ratelimit",
    );
    expect(specOf(resources, "EnvoyFilter", "reviews-rate-limit")).toMatchObject({
      priority: 10,
      workloadSelector: { labels: { app: "reviews" } },
      configPatches: [
        {
          match: {
            context: "SIDECAR_INBOUND",
            listener: { filterChain: { filter: { subFilter: { name: "envoy.filters.http.router" } } } },
          },
          patch: {
            operation: "INSERT_BEFORE",
            value: {
              typed_config: {
                domain: "reviews.bookinfo",
                failure_mode_deny: true,
                rate_limit_service: {
                  grpc_service: {
                    envoy_grpc: { cluster_name: "outbound|8081||ratelimit.rate-limit.svc.cluster.local" },
                  },
                },
              },
            },
          },
        },
      ],
    });
  });

  it("counts in a Valkey that nobody else reaches and that writes no disk", async () => {
    const resources = await counting();
    const { initContainers: [valkey] = [] } = deployment(resources).template.spec;
    expect(valkey).toMatchObject({ name: "valkey", restartPolicy: "Always" });
    const settings = (valkey?.args ?? []).join(" ");
    for (const each of ["--port 0", "--save  ", "--appendonly no", "--maxmemory-policy volatile-ttl"])
      expect(settings).toContain(each);
    expect(environment(resources)).toMatchObject({
      REDIS_SOCKET_TYPE: "unix",
      REDIS_URL: "/run/valkey/valkey.sock",
      RUNTIME_IGNOREDOTFILES: "true",
    });
    expect(deployment(resources).replicas).toBe(1);
  });

  it("has containers that may do no more than they have to", async () => {
    const { initContainers = [], containers, securityContext } = deployment(await counting()).template.spec;
    expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 65532 });
    expect(initContainers).toHaveLength(1);
    for (const each of [...initContainers, ...containers]) {
      expect(each.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        readOnlyRootFilesystem: true,
      });
      expect(each.image).toMatch(/^docker\.io\/[\w/]+:\w/);
    }
  });

  it("counts in a Redis of one's own, past the sidecar", async () => {
    const resources = await counting({ redis: { ...redis, tls: true } });
    const { metadata, spec } = deployment(resources).template;
    expect(spec.initContainers).toBeUndefined();
    expect(metadata.annotations["traffic.sidecar.istio.io/excludeOutboundPorts"]).toBe("6380");
    expect(environment(resources)).toMatchObject({
      REDIS_SOCKET_TYPE: "tcp",
      REDIS_URL: redis.address,
      REDIS_TLS: "true",
    });
    expect(environment(resources)).not.toHaveProperty("REDIS_AUTH");
    expect(resources.filter(({ type }) => type.endsWith(":Secret"))).toEqual([]);
  });

  it("keeps the password in a Secret, and nowhere in clear", async () => {
    const resources = await counting({ redis: { ...redis, password: "s3cret-of-redis" } });
    const secret = the(resources, "Secret", "ratelimit-redis");
    expect(secret.secrets).toEqual(["stringData"]);
    expect(secret.inputs).toMatchObject({ immutable: true, stringData: { value: { auth: "s3cret-of-redis" } } });
    expect(environment(resources).REDIS_AUTH).toMatchObject({ secretKeyRef: { key: "auth" } });
    const others = resources.filter((each) => each !== secret);
    expect(JSON.stringify(others)).not.toContain("s3cret-of-redis");
  });

  it.each([
    [{}, "s3cret", "s3cret"],
    [{}, "s3:cret", "default:s3:cret"],
    [{ username: "limits" }, "s3:cret", "limits:s3:cret"],
  ])("logs in as the service reads it: %o", (user, password, login) => {
    expect(redisLogin({ ...redis, ...user }, password)).toBe(login);
  });

  it("runs twice in production, apart and never both away", async () => {
    const resources = await counting({ redis }, "production");
    expect(deployment(resources)).toMatchObject({
      replicas: 2,
      strategy: { rollingUpdate: { maxUnavailable: 0 } },
      template: { spec: { topologySpreadConstraints: [{ maxSkew: 1 }, { maxSkew: 1 }] } },
    });
    expect(the(resources, "PodDisruptionBudget", "ratelimit").inputs).toMatchObject({ spec: { maxUnavailable: 1 } });
  });

  it("takes images from elsewhere", async () => {
    const images = { ratelimit: "mirror.example.com/ratelimit:1", valkey: "mirror.example.com/valkey:1" };
    const { initContainers = [], containers } = deployment(await counting({ images })).template.spec;
    expect([...containers, ...initContainers].map(({ image }) => image)).toEqual(Object.values(images));
  });
});

describe("mesh:rateLimitService", () => {
  it.each<[why: string, args: object, words: string]>([
    ["a mode is another's", { failureMode: "open" }, "failureMode must be allow or deny"],
    ["nothing waits so long", { timeout: "1m" }, "timeout must be a duration from 1ms to 10s, such as 250ms"],
    [
      "an address has a scheme",
      { redis: { address: "redis://redis.example.com:6379" } },
      "redis.address must be the host and port of a Redis, such as redis.example.com:6379, without a scheme",
    ],
    [
      "an address has no port",
      { redis: { address: "redis.example.com" } },
      "redis.address must be the host and port of a Redis, such as redis.example.com:6379, without a scheme",
    ],
    [
      "a user has no password",
      { redis: { ...redis, username: "limits" } },
      "redis.username needs the password of that user: set password, or leave it out",
    ],
    [
      "a user has a colon",
      { redis: { ...redis, username: "a:b", password: "c" } },
      "redis.username must be the name of a user, without a colon",
    ],
    [
      "pods would count apart",
      { replicas: 2 },
      "replicas needs a Redis that the pods share, or they count apart: set redis, or leave it out",
    ],
    [
      "an image is not used",
      { redis, images: { valkey: "a/b:1" } },
      "images.valkey has no place beside redis, which is used in its stead: leave it out",
    ],
  ])("is refused where %s", (_why, args, words) => {
    expect(wordsOf(rateLimitService, args).map((each) => each.replace(/; it is a string$/, ""))).toEqual([words]);
  });
});
