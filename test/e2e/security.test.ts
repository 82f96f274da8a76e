// Who may call whom, from the stack file: tried out, in force, and off again, each by the requests of everybody to everybody. Costs
// about four minutes.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { load } from "js-yaml";
import { until } from "../../lib/process.ts";
import type { Endpoint } from "../../tools/mesh/page.ts";
import { yamlExamples } from "../yamlExamples.ts";
import { CALLERS, guest, matrix, refusedSoFar, SERVICES, type Asked } from "./callers.ts";
import { expectRoutesByClaims, routedByClaims } from "./claims.ts";
import { Clone } from "./clone.ts";
import { EXT_AUTHZ, serveExtAuthz } from "./extAuthz.ts";
import { Inside } from "./insideCalls.ts";
import { SteadyLoad } from "./steadyLoad.ts";
import { ISSUER, issuerKey, jwksOf, newKey, token } from "./tokens.ts";

const security = (tryOut: boolean, jwks = jwksOf(issuerKey)) => ({
  mtls: "STRICT",
  authorization: {
    default: "deny",
    tryOut,
    services: {
      ratings: { from: ["reviews"] },
      reviews: { from: ["productpage"], methods: ["GET"], paths: ["/reviews/*"] },
      productpage: { from: ["ingress-gateway", "sleep"] },
    },
    custom: { private: { on: "details", provider: "sample", paths: ["/private*"] } },
    deny: { admin: { on: "productpage", paths: ["/admin*"], unless: { jwt: { groups: ["ops"] } } } },
  },
  jwt: { company: { issuer: ISSUER, audiences: ["mesh"], jwks, on: ["ingress-gateway"] } },
  egress: "closed",
});

/** What the section above says, in words of its own. */
function isAllowed({ caller, service, method, path }: Asked): boolean {
  switch (service) {
    case "ratings":
      return caller === "reviews";
    case "reviews":
      return caller === "productpage" && method === "GET" && path.startsWith("/reviews/");
    case "productpage":
      return caller === "sleep";
    default:
      // Nothing is said of details: those who call it may.
      return ["productpage", "sleep"].includes(caller);
  }
}

describe("mesh:security on a fresh clone", () => {
  let clone: Clone;
  let inside: Inside;
  let endpoint: Endpoint;

  beforeAll(async () => {
    clone = await Clone.of();
    const { service, http: port } = EXT_AUTHZ;
    const sample = { extAuthzHttp: { service, port, includeRequestHeadersInCheck: ["x-ext-authz"] } };
    clone.configure((config) => ({
      ...config,
      "mesh:observability": { enabled: false },
      "mesh:istio": { ...(config["mesh:istio"] as object), extensionProviders: { sample } },
    }));
    await clone.makeWell("up");
    inside = new Inside(clone.kubeconfig);
    endpoint = await clone.endpoint();
    const image = await inside.kubectl(
      "-n",
      "bookinfo",
      "get",
      "deploy",
      "sleep-v1",
      "-o",
      "jsonpath={.spec.template.spec.containers[0].image}",
    );
    for (const object of [
      ...guest("impostor", "reviews", "bookinfo-reviews", image, true),
      ...guest("stranger", "client", "client", image, false),
    ]) {
      await inside.apply(object);
    }
    await serveExtAuthz(inside);
    for (const [namespace, pod] of [
      ["impostor", "reviews"],
      ["stranger", "client"],
    ] as const) {
      await inside.kubectl("-n", namespace, "wait", "--for=condition=Ready", `pod/${pod}`, "--timeout=120s");
    }
  }, 600_000);
  afterAll(async () => {
    await clone.make("down");
    clone.remove();
  });

  /** Puts a section on, or takes it off. */
  async function secure(section?: object): Promise<void> {
    clone.configure((config) => {
      const rest = Object.entries(config).filter(([key]) => key !== "mesh:security");
      return Object.fromEntries([...rest, ...(section ? [["mesh:security", section] as const] : [])]);
    });
    await clone.makeWell("up");
  }

  const toPage = (path: string, ...bearers: string[]): Promise<number> =>
    inside
      .call(
        `http://productpage.bookinfo:9080${path}`,
        ...bearers.flatMap((each) => ["-H", `Authorization: Bearer ${each}`]),
      )
      .then(({ status }) => status);

  it("previews each example of docs/security.md", async () => {
    const examples = yamlExamples(readFileSync(join(clone.folder, "docs/security.md"), "utf8"));
    expect(examples.length).toBeGreaterThan(6);
    const before = readFileSync(join(clone.folder, "Pulumi.local.yaml"), "utf8");
    for (const example of examples) {
      const { config: shown } = load(example) as { config: object };
      clone.configure((config) => ({ ...config, ...shown }));
      const { output } = await clone.makeWell("preview");
      expect(output).toMatch(/\+ \d+ to create/);
      writeFileSync(join(clone.folder, "Pulumi.local.yaml"), before);
    }
  });

  it("lets everybody call while it is tried out, and counts whom it would refuse", async () => {
    await secure(security(true));
    // Each proxy counts from when it has the policies.
    await until("the policies that are tried out", 120, async () => {
      const before = await refusedSoFar(inside);
      const urls = SERVICES.flatMap((service) => Array(9).fill(`http://${service}.bookinfo:9080/other`) as string[]);
      const discard = urls.flatMap((url) => ["-o", "/dev/null", url]);
      await inside.kubectl(...(CALLERS.impostor ?? []), "--", "curl", "-s", ...discard);
      const after = await refusedSoFar(inside);
      return SERVICES.every((service) => (after[service] ?? 0) - (before[service] ?? 0) === 9);
    });
    const before = await refusedSoFar(inside);
    const answers = await matrix(inside);
    const inMesh = [...answers].filter(([{ caller }]) => caller !== "stranger");
    expect(inMesh.filter(([, status]) => [0, 403].includes(status))).toEqual([]);
    const after = await refusedSoFar(inside);
    for (const service of SERVICES) {
      const refused = inMesh.filter(([asked]) => asked.service === service && !isAllowed(asked)).length;
      // The page and reviews call others themselves, which is allowed.
      expect((after[service] ?? 0) - (before[service] ?? 0), service).toBe(refused);
    }
    const { output } = await clone.makeWell("-s", "verify");
    expect(output).toMatch(/not allowed +counted only +\d+ of \d+ requests/);
    expect(output).toMatch(/\d+ ok, 0 wrong/);
  });

  it("refuses all but what is declared, once it is in force", async () => {
    await secure(security(false));
    let wrong: string[] = [];
    const isAnswered = (status: number) => ![0, 403].includes(status);
    const answers = await until("the policies", 120, async () => {
      const all = [...(await matrix(inside))];
      const off = all.filter(([asked, status]) => isAllowed(asked) !== isAnswered(status));
      wrong = off.map(
        ([{ caller, service, method, path }, status]) => `${caller} ${method} ${service}${path}: ${status}`,
      );
      return wrong.length === 0 ? all : undefined;
    }).catch((error: unknown) => {
      throw new Error(wrong.join("\n"), { cause: error });
    });
    const count = (of: (status: number) => boolean) => answers.filter(([, status]) => of(status)).length;
    console.log(
      `${answers.length} requests of ${Object.keys(CALLERS).length} callers: ${count(isAnswered)} answered, ` +
        `${count((status) => status === 403)} refused by 403, ${count((status) => status === 0)} cut off`,
    );
    // Without an identity there is no connection at all.
    expect(answers.filter(([{ caller }]) => caller === "stranger").every(([, status]) => status === 0)).toBe(true);
    const { output } = await clone.makeWell("-s", "verify");
    expect(output).toMatch(/\d+ ok, 0 wrong/);
  });

  it("knows whose token is good for what", async () => {
    const other = newKey("one");
    const ops = token({ groups: ["ops"] });
    await until("the tokens' rules", 60, async () => (await toPage("/admin", ops)) === 404);
    expect(await toPage("/productpage")).toBe(200);
    for (const [what, status, ...tokens] of [
      ["none", 403],
      ["one of another group", 403, token({ groups: ["sales"] })],
      ["one that has expired", 401, token({ groups: ["ops"], exp: 1 })],
      ["one of another issuer", 401, token({ groups: ["ops"], iss: "https://evil.example.com" })],
      ["one for others", 403, token({ groups: ["ops"], aud: "shop" })],
      ["one of another key", 401, token({ groups: ["ops"] }, other)],
    ] as const) {
      expect(await toPage("/admin", ...tokens), what).toBe(status);
    }
  });

  it("refuses no good token while the issuer's key is rotated", async () => {
    const next = newKey("two");
    let bearer = token({});
    const load = new SteadyLoad(endpoint, 50, () => ({ authorization: `Bearer ${bearer}` }));
    try {
      await secure(security(false, jwksOf(issuerKey, next)));
      const ofNext = token({ groups: ["ops"] }, next);
      await until("the next key", 60, async () => (await toPage("/admin", ofNext)) === 404);
      await wait(2000);
      bearer = ofNext;
      await wait(1000);
      await secure(security(false, jwksOf(next)));
      await until("the end of the first key", 60, async () => (await toPage("/productpage", token({}))) === 401);
    } finally {
      await load.stop();
    }
    expect(load.count).toBeGreaterThan(100);
    expect(load.failures).toEqual([]);
  });

  it("asks a service of one's own, Istio's sample, about requests", async () => {
    const privately = (...headers: string[]) =>
      inside.call("http://details.bookinfo:9080/private", ...headers).then(({ status }) => status);
    expect(await privately("-H", "x-ext-authz: allow")).toBe(404);
    expect(await privately()).toBe(403);
    expect(await privately("-H", "x-ext-authz: please")).toBe(403);
    expect((await inside.call("http://details.bookinfo:9080/details/0")).status).toBe(200);
  });

  it("leads requests by the claims of their tokens, at the gateway", async () => {
    clone.configure((config) => ({ ...config, "mesh:traffic": routedByClaims }));
    await secure({ jwt: { company: { issuer: ISSUER, jwks: jwksOf(issuerKey), on: ["ingress-gateway"] } } });
    await expectRoutesByClaims(endpoint);
    clone.configure((config) => ({ ...config, "mesh:traffic": {} }));
  });

  it("comes and goes under load without a request lost", async () => {
    await secure();
    const load = new SteadyLoad(endpoint, 200);
    try {
      await secure({ preset: "zero-trust" });
      await wait(3000);
      await secure();
      await wait(3000);
    } finally {
      await load.stop();
    }
    console.log(`${load.count} requests while zero-trust came and went: ${load.failures.length} failed`);
    expect(load.count).toBeGreaterThan(1000);
    expect(load.failures).toEqual([]);
    const left = await inside.kubectl(
      "get",
      "authorizationpolicies,requestauthentications,peerauthentications,sidecars,networkpolicies",
      "-A",
      "-o",
      "name",
    );
    expect(left.trim()).toBe("");
  });
});
