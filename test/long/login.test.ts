// A login before the tools, by the real oauth2-proxy and a certified issuer, as browsers and those who forge see it. Costs about
// four minutes.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../lib/process.ts";
import { fetchPage } from "../../tools/mesh/page.ts";
import { selfSigned } from "../../tools/mesh/trialCertificates.ts";
import { Browser, type Page } from "./browser.ts";
import { idp, IDP_HOST, IDP_ISSUER, serveIssuer } from "./issuer/issuer.ts";
import { ObservedMesh } from "../e2e/observedMesh.ts";
import { SteadyLoad } from "../e2e/steadyLoad.ts";

describe("a login before the tools", () => {
  let mesh: ObservedMesh;
  const DOMAIN = "mesh.example.com";
  const [GRAFANA, PROMETHEUS, LOGIN, OWN] = ["grafana", "prometheus", "login", "details"].map(
    (name) => `https://${name}.${DOMAIN}`,
  ) as [string, string, string, string];
  const client = {
    client_id: "mesh",
    client_secret: "s3cret-of-the-client",
    redirect_uris: [`${LOGIN}/oauth2/callback`],
  };
  let newBrowser: () => Browser;

  beforeAll(async () => {
    mesh = await ObservedMesh.up();
    const { inside, clone } = mesh;
    await serveIssuer(inside, client, { jane: ["sales", "ops"], joe: ["sales"] });
    const { key, certificate } = await selfSigned([`*.${DOMAIN}`]);
    await inside.apply({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "tools", namespace: "istio-ingress" },
      stringData: { "tls.key": key, "tls.crt": certificate },
    });
    const exposure = {
      domain: DOMAIN,
      credentialName: "tools",
      tools: ["grafana", "kiali", "prometheus", "jaeger"],
      login: { issuer: IDP_ISSUER, clientId: client.client_id, groups: ["ops"] },
    };
    const settings = {
      "mesh:observability": { exposure },
      "mesh:traffic": {
        details: { exposure: { hosts: [new URL(OWN).hostname], tls: { mode: "SIMPLE", credentialName: "tools" } } },
      },
      "mesh:security": {
        authorization: {
          custom: { own: { on: "ingress-gateway", provider: "oauth2-proxy", hosts: [new URL(OWN).hostname] } },
        },
      },
    };
    clone.configure((config) => ({ ...config, ...settings }));
    await clone.pulumi(
      `config set --secret --path mesh:observability.exposure.login.clientSecret ${client.client_secret}`,
    );
    const load = new SteadyLoad(mesh.endpoint, 20);
    try {
      await mesh.up(settings);
    } finally {
      await load.stop();
    }
    expect(load.failures).toEqual([]);
    const gateway = { namespace: "istio-ingress", service: "istio-ingressgateway", port: 443, path: "/" };
    const [atGateway, atIssuer] = [await mesh.published(gateway), await mesh.published(idp)];
    newBrowser = () => new Browser(({ hostname }) => (hostname === IDP_HOST ? atIssuer : atGateway));
    await until("the login at the gateway", 60, async () => (await newBrowser().get(GRAFANA)).status === 302);
  }, 600_000);
  afterAll(() => mesh.down());

  /** Opens a page, and says at the issuer who one is. */
  async function logIn(browser: Browser, user: string, address: string): Promise<Page> {
    const page = await browser.open(address);
    expect([page.url.hostname, page.body]).toEqual([IDP_HOST, "who are you?"]);
    return browser.open(`${page.url.href}?user=${user}`);
  }

  const isSentToLogin = ({ status, headers: { location = "" } }: Page) =>
    status === 302 && location.startsWith(`${IDP_ISSUER}/auth?`);

  it("sends who has no cookie to the issuer, from every tool", async () => {
    for (const tool of ["grafana", "kiali", "prometheus", "tracing"]) {
      const address = `https://${tool}.${DOMAIN}/some/page?a=b%20c`;
      const { status, headers } = await newBrowser().get(address);
      expect(status).toBe(302);
      const to = new URL(headers.location ?? "");
      expect(to.origin).toBe(IDP_ISSUER);
      expect(Object.fromEntries(to.searchParams)).toMatchObject({
        client_id: "mesh",
        response_type: "code",
        redirect_uri: `${LOGIN}/oauth2/callback`,
        scope: "openid email profile groups",
        code_challenge_method: "S256",
      });
      expect(to.searchParams.get("state")?.replace(/^[\w-]{20,}=?:/, "")).toBe(address);
      expect(headers["cache-control"]).toContain("no-store");
      const [cookie = ""] = headers["set-cookie"] ?? [];
      expect(cookie).toMatch(/^__Secure-mesh-login_.*Domain=mesh\.example\.com;.*HttpOnly; Secure; SameSite=Lax$/);
    }
    expect((await newBrowser().get(GRAFANA, { accept: "application/json" })).status).toBe(401);
  });

  it("lets in who is in the group, at all tools and the application's own host, and says who that is", async () => {
    const browser = newBrowser();
    const page = await logIn(browser, "jane", `${GRAFANA}/some/page?a=b`);
    expect([page.status, page.url.href]).toEqual([200, `${GRAFANA}/some/page?a=b`]);
    expect(page.body).toContain("This is not Grafana");
    expect(page.body).toContain("You are jane, jane@example.com, sales,ops.");
    const forged = { "x-auth-request-user": "root", "x-auth-request-email": "root@x", "x-auth-request-groups": "root" };
    expect((await browser.get(GRAFANA, forged)).body).toContain("You are jane, jane@example.com, sales,ops.");
    expect((await browser.get(`${PROMETHEUS}/api/v1/query?query=up`)).body).toContain('"status":"success"');
    expect((await browser.open(`https://kiali.${DOMAIN}`)).body).toContain("This is not Kiali");
    expect((await browser.open(`https://tracing.${DOMAIN}`)).body).toContain('<base href="/jaeger/"');
    expect((await browser.get(`${OWN}/details/0`)).body).toContain('"publisher"');
  });

  it("refuses who is in no group that may, and lets nobody in by a cookie of their own making", async () => {
    const joe = newBrowser();
    expect((await logIn(joe, "joe", GRAFANA)).status).toBe(403);
    expect(isSentToLogin(await joe.get(GRAFANA))).toBe(true);

    const jane = newBrowser();
    await logIn(jane, "jane", GRAFANA);
    const cookie = jane.cookiesFor(new URL(GRAFANA));
    expect((await newBrowser().get(GRAFANA, { cookie })).status).toBe(200);
    const [name = ""] = cookie.split("=");
    const middle = Math.floor(cookie.length / 2);
    const changed = `${cookie.slice(0, middle)}${cookie[middle] === "A" ? "B" : "A"}${cookie.slice(middle + 1)}`;
    for (const forged of [changed, `${name}=jane@example.com`, `${name}=`]) {
      expect(isSentToLogin(await newBrowser().get(GRAFANA, { cookie: forged })), forged.slice(0, 40)).toBe(true);
    }
    const claims = { "x-auth-request-email": "jane@example.com", "x-forwarded-email": "jane@example.com" };
    expect(isSentToLogin(await newBrowser().get(GRAFANA, claims))).toBe(true);
  });

  it("sends nobody to hosts of others", async () => {
    for (const address of [
      "https://evil.example.com/",
      "https://mesh.example.com.evil.com",
      "//evil.com",
      "/\\evil.com",
    ]) {
      const rd = encodeURIComponent(address);
      const browser = newBrowser();
      const begun = await browser.get(`${LOGIN}/oauth2/start?rd=${rd}`, { "x-forwarded-host": "evil.com" });
      expect(new URL(begun.headers.location ?? "").searchParams.get("state"), address).toMatch(/^[^:]+:\/$/);
      const asked = await browser.follow(await browser.follow(begun));
      const page = await browser.open(`${asked.url.href}?user=jane`);
      expect(page.url.hostname, address).toBe(new URL(LOGIN).hostname);
      const { headers } = await browser.get(`${LOGIN}/oauth2/sign_out?rd=${rd}`);
      expect(headers.location, address).toBe("/");
    }
    const { headers } = await newBrowser().get(`${GRAFANA}/?rd=https://evil.example.com/`);
    expect(new URL(headers.location ?? "").searchParams.get("state")).toContain(`:${GRAFANA}/`);
  });

  it("has no way around it at the gateway, and opens none beside it", async () => {
    for (const path of ["/ping", "/ready", "/robots.txt", "/oauth2/static/css/bulma.min.css"]) {
      expect((await newBrowser().get(`${PROMETHEUS}${path}`)).status, path).toBe(403);
    }
    for (const path of [
      "/%70ing",
      "/ping/",
      "/oauth2",
      "/oauth2/sign_in",
      "/oauth2/userinfo",
      "/oauth2/../api/v1/query?query=up",
      "//ping",
    ]) {
      const { status } = await newBrowser().get(`${PROMETHEUS}${path}`);
      expect([301, 302, 401, 403], path).toContain(status);
    }
    const { hostname } = new URL(PROMETHEUS);
    for (const host of [hostname.toUpperCase(), `${hostname}:443`, `${hostname}:8443`, `${hostname}.`]) {
      expect([302, 404], host).toContain((await newBrowser().get(PROMETHEUS, { host })).status);
    }
    expect((await newBrowser().get(LOGIN)).status).toBe(404);
    expect((await newBrowser().get(LOGIN, { host: hostname })).status).toBe(302);
    const services = await mesh.inside.kubectl(
      "-n",
      "istio-system",
      "get",
      "services",
      "-o",
      "jsonpath={.items[*].spec.type}",
    );
    expect(new Set(services.split(" "))).toEqual(new Set(["ClusterIP"]));
  });

  it("changes nothing when run again", async () => {
    await mesh.clone.pulumi("preview --expect-no-changes");
  });

  it("leaves the page of Bookinfo to everybody, and every secret where it belongs", async () => {
    expect((await fetchPage(mesh.endpoint, 10_000)).status).toBe(200);
    const key = (await mesh.clone.pulumi("config get --path mesh:observability.exposure.login.cookieSecret")).stdout;
    const state = (await mesh.clone.pulumi("stack export")).stdout;
    const configuration = await mesh.inside.kubectl("get", "configmaps,deployments", "-A", "-o", "yaml");
    for (const secret of [client.client_secret, key.trim()]) {
      expect(secret.length).toBeGreaterThan(15);
      expect(state).not.toContain(secret);
      // The issuer of the test has its own copy.
      expect(configuration.replaceAll(/^ *value: '\{"client_id".*$/gm, "")).not.toContain(secret);
    }
  });

  it("is gone without a trace where it is taken away", async () => {
    const objects = async () =>
      await mesh.inside.kubectl(
        ...["get", "deployments,services,serviceaccounts,configmaps,secrets,pods"],
        ...["-n", "istio-system", "-o", "name"],
      );
    const rules = () =>
      mesh.inside.kubectl(
        "get",
        "authorizationpolicies,virtualservices,gateways.networking.istio.io",
        "-A",
        "-o",
        "name",
      );
    expect(await objects()).toMatch(/oauth2-proxy/);
    expect(await rules()).toMatch(/addons-login/);
    const load = new SteadyLoad(mesh.endpoint, 20);
    try {
      await mesh.up({ "mesh:observability": { exposure: { domain: DOMAIN, credentialName: "tools" } } });
    } finally {
      await load.stop();
    }
    expect([load.count > 100, load.failures]).toEqual([true, []]);
    expect(await objects()).not.toMatch(/oauth2-proxy/);
    expect(await rules()).not.toMatch(/login|own/);
    const told = await mesh.inside.kubectl("-n", "istio-system", "get", "configmap", "istio", "-o", "yaml");
    expect(told).not.toContain("oauth2-proxy");
    // Grafana asks by itself again.
    await until("Grafana's own login", 60, async () => (await newBrowser().get(GRAFANA)).status === 401);
  });
});
