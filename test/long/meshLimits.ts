// A limit for all pods of a service beside one for each pod, by requests: proven by what curl counts.
import { expect } from "vitest";
import { setTimeout as wait } from "node:timers/promises";
import { until } from "../../lib/process.ts";
import { product } from "../../versions.ts";
import type { Clone } from "../e2e/clone.ts";
import type { Inside } from "../e2e/insideCalls.ts";

const LIMIT = 100;
const WINDOW = 60;
const PER_USER = 5;
const OF_ROUTE = 2;
const PASSWORD = "of-the-test:alone";

/** Reviews has three pods, and so has details once a test has scaled it. */
const limitedTraffic = {
  reviews: { rateLimit: { scope: "mesh", requests: LIMIT, per: "1m" } },
  // In an hour no bucket gets anything worth the name while a test runs.
  details: { rateLimit: { requests: LIMIT, per: "1h" } },
  ratings: {
    rateLimit: {
      scope: "mesh",
      requests: PER_USER,
      per: "1m",
      perHeader: "x-user",
      routes: { search: { match: { uri: { prefix: "/search" } }, requests: OF_ROUTE, per: "1m" } },
    },
  },
};

export class MeshLimits {
  private readonly clone: Clone;
  private readonly inside: Inside;

  constructor(clone: Clone, inside: Inside) {
    this.clone = clone;
    this.inside = inside;
  }

  /** Puts the limits on, with this for the service that counts. */
  async up(rateLimitService: object = {}): Promise<void> {
    this.#configure(rateLimitService);
    await this.clone.makeWell("up");
  }

  /** The same with a Redis that asks for a password; without it, nothing is let pass. */
  async upWithRedis(): Promise<void> {
    await this.#serveRedis();
    this.#configure({ failureMode: "deny", redis: { address: "redis.default.svc.cluster.local:6379" } });
    await this.clone.pulumi(`config set --secret --path mesh:rateLimitService.redis.password ${PASSWORD}`);
    await this.clone.makeWell("up");
    const exported = async (how = "") => (await this.clone.pulumi(`stack export ${how}`)).stdout;
    expect(await exported("--show-secrets")).toContain(PASSWORD);
    expect(await exported()).not.toContain(PASSWORD);
  }

  #configure(rateLimitService: object): void {
    this.clone.configure((config) => ({
      ...config,
      "mesh:scenario": "none",
      "mesh:traffic": limitedTraffic,
      // More than any proxy of a busy machine needs for an answer.
      "mesh:rateLimitService": { timeout: "5s", ...rateLimitService },
    }));
  }

  async podsOf(service: string): Promise<number> {
    const names = await this.inside.kubectl("-n", "bookinfo", "get", "pods", "-l", `app=${service}`, "-o", "name");
    return names.trim().split("\n").length;
  }

  /** As many as one pod would take, not three times as many. */
  async ofAllPods(): Promise<void> {
    expect(await this.podsOf("reviews")).toBe(3);
    if (this.#left() < 20) await this.#nextWindow();
    expect(await this.#passed(3 * LIMIT, "reviews", "/reviews/0")).toBe(LIMIT);
    const headers = await this.#refused();
    expect(headers).toMatch(/^HTTP\/1\.1 429 /);
    expect(headers).toMatch(/^x-envoy-ratelimited: true\r$/m);
    expect(headers).toMatch(/^x-ratelimit-limit: 100, 100;w=60\r$/m);
    expect(headers).toMatch(/^x-ratelimit-remaining: 0\r$/m);
    expect(headers).toMatch(/^x-ratelimit-reset: [1-5]?\d\r$/m);
  }

  /** Three times as many, once clients know of all three pods, whose buckets are full. */
  async ofEachPod(): Promise<void> {
    const details = (...args: string[]) => this.inside.kubectl("-n", "bookinfo", ...args);
    await details("scale", "deployment/details-v1", "--replicas=0");
    await details("delete", "pod", "-l", "app=details", "--grace-period=1");
    await details("scale", "deployment/details-v1", "--replicas=3");
    await details("rollout", "status", "deployment/details-v1", "--timeout=120s");
    expect(await this.podsOf("details")).toBe(3);
    let passed = 0;
    await until("three times the limit to pass", 60, async () => {
      passed += await this.#passed(3 * LIMIT, "details", "/details/0");
      return passed >= 3 * LIMIT;
    });
    passed += await this.#passed(3 * LIMIT, "details", "/details/0");
    // A bucket gets one more in half a minute.
    expect(passed).toBeLessThanOrEqual(3 * LIMIT + 9);
  }

  /**
   * Each user has a count, and all who do not say who they are have one together; a route has one more. This comes before the
   * others: reviews calls ratings.
   */
  async ofEachUser(): Promise<void> {
    await this.#nextWindow();
    for (const user of [["-H", "x-user: jane"], ["-H", "x-user: jason"], ["-H", "x-user;"], []]) {
      expect(await this.#passed(2 * PER_USER, "ratings", "/ratings/0", ...user), user.join(" ")).toBe(PER_USER);
    }
    expect(await this.#passed(PER_USER, "ratings", "/search", "-H", "x-user: judy")).toBe(OF_ROUTE);
  }

  /** Every request is answered so while nothing counts them. */
  async withoutService(status: number): Promise<void> {
    await this.#scale(0);
    const call = (count: number) => this.inside.calls(count, "http://reviews:9080/reviews/0");
    // Each of the three proxies gets what the stack file says in a moment of its own.
    await until(`answers of ${status}`, 60, async () => (await call(3 * LIMIT)).every((answer) => answer === status));
    expect(new Set(await call(3 * LIMIT))).toEqual(new Set([status]));
  }

  async serviceIsBack(): Promise<void> {
    await this.#scale(1);
    await until("the limit to hold again", 60, async () => (await this.#refused()).includes(" 429 "));
  }

  async #serveRedis(): Promise<void> {
    const metadata = { name: "redis", namespace: "default", labels: { app: "redis" } };
    const settings = ["--requirepass", PASSWORD, "--save", "", "--protected-mode", "no"];
    const image = `docker.io/valkey/valkey:${product.valkey}`;
    const redis = { name: "redis", image, command: ["valkey-server", ...settings], workingDir: "/tmp" };
    await this.inside.apply({ apiVersion: "v1", kind: "Pod", metadata, spec: { containers: [redis] } });
    const spec = { selector: metadata.labels, ports: [{ port: 6379 }] };
    await this.inside.apply({ apiVersion: "v1", kind: "Service", metadata, spec });
    await this.inside.kubectl("-n", "default", "wait", "--for=condition=Ready", "pod/redis", "--timeout=60s");
  }

  async #scale(replicas: number): Promise<void> {
    const place = ["-n", "rate-limit"];
    await this.inside.kubectl(...place, "scale", "deployment/ratelimit", `--replicas=${replicas}`);
    if (replicas > 0) {
      await this.inside.kubectl(...place, "rollout", "status", "deployment/ratelimit", "--timeout=120s");
      return;
    }
    await until("its pods to be gone", 60, async () => {
      const { length } = await this.inside.kubectl(...place, "get", "pods", "-o", "name");
      return length === 0;
    });
  }

  /** Waits for the next window, which begins with the minute: in this one, `make up` has looked at pages. */
  async #nextWindow(): Promise<void> {
    await wait(1000 * this.#left() + 500);
  }

  /** Seconds that are left of the window. */
  #left(): number {
    return WINDOW - ((Date.now() / 1000) % WINDOW);
  }

  async #passed(count: number, service: string, path: string, ...options: string[]): Promise<number> {
    const statuses = await this.inside.calls(count, `http://${service}:9080${path}`, ...options);
    expect(statuses).toHaveLength(count);
    expect(statuses.filter((status) => ![200, 404, 429].includes(status))).toEqual([]);
    return statuses.filter((status) => status !== 429).length;
  }

  /** The headers of an answer after more requests than the limit. */
  async #refused(): Promise<string> {
    const url = `http://reviews:9080/reviews/0#[1-${LIMIT + 20}]`;
    const { body } = await this.inside.call(url, "-o", "/dev/null", "-D", "-");
    return `HTTP/1.1 ${body.split("HTTP/1.1 ").at(-1) ?? ""}`;
  }
}
