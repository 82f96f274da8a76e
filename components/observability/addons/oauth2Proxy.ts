import { defined } from "../../../lib/defined.ts";
import { spread, type Values } from "../../istio/values.ts";
import type { Profile } from "../../profile.ts";
import type { AddonSecret, CredentialsName } from "../addon.ts";
import { LOGIN_PATH, loginHostOf, loginPlace, type LoginOptions } from "../loginOptions.ts";
import { noSidecar, requests } from "../parts.ts";

/** All there is to know of the login that does not depend on the stack. */
export const oauth2Proxy = {
  name: "oauth2-proxy",
  title: "OAuth2Proxy",
  chart: { name: "oauth2-proxy", repository: "https://oauth2-proxy.github.io/manifests" },
  place: loginPlace,
  secret: {
    key: "cookieSecret",
    what: "the key of the login's sessions",
    suffix: "client",
    content: ({ clientId, clientSecret, cookieSecret }) => ({
      "client-id": clientId,
      "client-secret": clientSecret,
      "cookie-secret": cookieSecret,
    }),
  } satisfies AddonSecret<LoginOptions>,
} as const;

export interface OAuth2ProxyValuesArgs {
  readonly profile: Profile;
  readonly login: LoginOptions;
  /** Name of the Secret with `client-id`, `client-secret` and `cookie-secret`. */
  readonly credentials: CredentialsName;
  /** Domain under which the tools have their hosts. */
  readonly domain: string;
  /** Hosts to which people may come back. */
  readonly hosts: readonly string[];
}

/** Values of the chart `oauth2-proxy`. */
export function oauth2ProxyValues({ profile, credentials, ...args }: OAuth2ProxyValuesArgs): Values {
  return {
    config: { existingSecret: credentials, configFile: oauth2ProxyConfig(args) },
    podLabels: noSidecar,
    // They would be variables of the prefix by which it is configured.
    enableServiceLinks: false,
    serviceAccount: { automountServiceAccountToken: false },
    resources: requests(profile, { cpu: "50m", memory: "64Mi" }),
    ...(profile === "production" && {
      replicaCount: 2,
      topologySpreadConstraints: spread({ "app.kubernetes.io/name": "oauth2-proxy" }),
    }),
  };
}

/**
 * Its configuration, in which nothing is secret.
 * @see https://oauth2-proxy.github.io/oauth2-proxy/configuration/overview
 */
export function oauth2ProxyConfig({
  login,
  domain,
  hosts,
}: Pick<OAuth2ProxyValuesArgs, "login" | "domain" | "hosts">): string {
  const { issuer, groups, groupsClaim = "groups", emailDomains = ["*"], cookieDomain = domain } = login;
  // Issuers refuse scopes that they do not know, and only a claim of that name tends to have one.
  const ofGroups = groups !== undefined && groupsClaim === "groups" ? ["groups"] : [];
  const { scopes = ["openid", "email", "profile", ...ofGroups] } = login;
  const settings = defined({
    provider: "oidc",
    oidc_issuer_url: issuer,
    redirect_url: `https://${loginHostOf(domain)}${LOGIN_PATH}callback`,
    scope: scopes.join(" "),
    code_challenge_method: "S256",
    oidc_groups_claim: groupsClaim,
    allowed_groups: groups,
    email_domains: emailDomains,
    // With a dot before it, a domain stands for the hosts in it.
    whitelist_domains: hosts.map((host) => host.replace(/^\*/, "")),
    cookie_name: "__Secure-mesh-login",
    cookie_domains: [cookieDomain],
    cookie_secure: true,
    cookie_samesite: "lax",
    // Whoever loses a group is out by then.
    cookie_expire: "12h",
    // A page asks for many things at once: each of them may begin the login, and any of them end it.
    cookie_csrf_per_request: true,
    cookie_csrf_per_request_limit: 8,
    // Nobody needs the tokens any more, which would make the cookie too long for one.
    session_cookie_minimal: true,
    skip_provider_button: true,
    set_xauthrequest: true,
    silence_ping_logging: true,
    // It only says yes: the gateway passes the request on itself.
    upstreams: ["static://200"],
  });
  // JSON's texts, lists and truth values are TOML's as well.
  return Object.entries(settings)
    .map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`)
    .join("");
}
