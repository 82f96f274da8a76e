import { describe, expect, it } from "vitest";
import { oauth2ProxyConfig, oauth2ProxyValues } from "../../../components/observability/addons/oauth2Proxy.ts";
import { isUnder, loginProvider } from "../../../components/observability/loginOptions.ts";
import { authorizationProviders } from "../../../components/security/authorizationProviders.ts";

const HOSTS = ["grafana.mesh.example.com", "prometheus.mesh.example.com"];
const login = {
  issuer: "https://login.example.com",
  clientId: "mesh",
  clientSecret: "s3cret-of-the-client",
  cookieSecret: "fedcba9876543210",
  groups: ["ops"],
};

/** Its configuration by the keys. */
const configOf = (args: Partial<typeof login> & { cookieDomain?: string; scopes?: readonly string[] } = {}) =>
  Object.fromEntries(
    oauth2ProxyConfig({ login: { ...login, ...args }, domain: "mesh.example.com", hosts: HOSTS })
      .trim()
      .split("\n")
      .map((line) => {
        const [key = "", value = ""] = line.split(/ = (.*)/);
        return [key, JSON.parse(value) as unknown];
      }),
  );

describe("what oauth2-proxy is told", () => {
  it("is one issuer, one address to come back to, and who may", () => {
    expect(configOf()).toMatchObject({
      provider: "oidc",
      oidc_issuer_url: "https://login.example.com",
      redirect_url: "https://login.mesh.example.com/oauth2/callback",
      scope: "openid email profile groups",
      code_challenge_method: "S256",
      allowed_groups: ["ops"],
      email_domains: ["*"],
      upstreams: ["static://200"],
    });
  });

  it("is a cookie that goes to hosts of the domain alone, over TLS, and that no script reads", () => {
    // That no script reads it is the program's own default.
    expect(configOf()).toMatchObject({
      cookie_domains: ["mesh.example.com"],
      cookie_secure: true,
      cookie_samesite: "lax",
    });
    expect(configOf()).not.toHaveProperty("cookie_httponly");
    expect(configOf({ cookieDomain: "example.com" })).toMatchObject({ cookie_domains: ["example.com"] });
  });

  it("asks for no scope that the issuer may not know", () => {
    expect(configOf({ groupsClaim: "cognito:groups" } as never).scope).toBe("openid email profile");
    const { issuer, clientId } = login;
    const ofAddresses = { issuer, clientId, emailDomains: ["example.com"] };
    const text = oauth2ProxyConfig({ login: ofAddresses, domain: "d.e", hosts: [] });
    expect(text).toContain('scope = "openid email profile"\n');
    expect(text).toContain('email_domains = ["example.com"]\n');
    expect(text).not.toContain("allowed_groups");
    expect(configOf({ scopes: ["openid", "offline_access"] }).scope).toBe("openid offline_access");
  });

  it("has nothing secret in it, and no token in the cookie", () => {
    const text = JSON.stringify(configOf());
    expect(text).not.toContain(login.clientSecret);
    expect(text).not.toContain(login.cookieSecret);
    expect(configOf()).toMatchObject({ session_cookie_minimal: true });
  });

  it("is there twice in production, on nodes of their own", () => {
    const values = oauth2ProxyValues({ profile: "production", login, credentials: "x", domain: "d.e", hosts: [] });
    expect(values).toMatchObject({ replicaCount: 2, podLabels: { "sidecar.istio.io/inject": "false" } });
    expect(values).toHaveProperty("topologySpreadConstraints");
  });
});

describe("the login as a provider", () => {
  it("is one that Istio takes, which lets nobody pass while it does not answer", () => {
    const provider = loginProvider(login);
    expect(authorizationProviders.safeParse({ login: provider }).success).toBe(true);
    expect(provider).toMatchObject({
      extAuthzHttp: { service: "oauth2-proxy.istio-system.svc.cluster.local", port: 80, statusOnError: 503 },
    });
    expect(JSON.stringify(provider)).not.toContain("failOpen");
  });

  it("passes on the headers alone that it always sets: others a client could make up", () => {
    const passed = (groups?: readonly string[]) => {
      const provider = loginProvider({ ...(groups && { groups }) });
      return "extAuthzHttp" in provider ? provider.extAuthzHttp.headersToUpstreamOnAllow : [];
    };
    expect(passed()).toEqual(["x-auth-request-user", "x-auth-request-email"]);
    expect(passed(["ops"])).toContain("x-auth-request-groups");
  });
});

describe("a domain", () => {
  it.each([
    ["mesh.example.com", true],
    ["a.mesh.example.com", true],
    ["*.mesh.example.com", true],
    ["mesh.example.com:8443", true],
    ["a.mesh.example.com:*", true],
    ["the-mesh.example.com", false],
    ["*mesh.example.com", false],
    ["example.com", false],
    ["mesh.example.com.evil.com", false],
  ])("has %s: %s", (host, expected) => {
    expect(isUnder(host, "mesh.example.com")).toBe(expected);
  });
});
