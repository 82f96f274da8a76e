// The login before the tools, as plain data: what oauth2-proxy is told, and how the gateway asks it.
import type * as pulumi from "@pulumi/pulumi";
import type { AuthorizationPolicySpec, VirtualServiceSpec } from "../../istio/generated/specs.ts";
import type { Labels } from "../../istio/labels.ts";
import { ISTIO_NAMESPACE } from "../istio/namespace.ts";
import type { Values } from "../istio/values.ts";
import { withPorts } from "../security/accessRules.ts";
import { authorizationPolicySpec } from "../security/authorizationPolicyOptions.ts";
import type { AuthorizationProvider } from "../security/authorizationProviders.ts";
import type { AddonPlace } from "./addon.ts";

/** Who logs in, and by which issuer. */
export interface LoginOptions {
  /**
   * The issuer of OpenID Connect, as it names itself, such as `https://login.example.com`. Over plain `http` only in the demo
   * profile, on a cluster that is there.
   */
  readonly issuer: string;

  /** The client that the issuer knows, with `https://login.<domain>/oauth2/callback` as its redirect URI. */
  readonly clientId: string;

  /** Secret of that client, a secret. The issuer has it. */
  readonly clientSecret?: pulumi.Input<string>;

  /** Key that encrypts the sessions, a secret of 16, 24 or 32 bytes; `make up` makes one. */
  readonly cookieSecret?: pulumi.Input<string>;

  /**
   * Groups of which a user has to be in one.
   * @default - any; then emailDomains says who may log in
   */
  readonly groups?: readonly string[];

  /**
   * Claim of the token that has the groups, such as `cognito:groups`.
   * @default "groups"
   */
  readonly groupsClaim?: string;

  /**
   * Domains of which a user has to have an email address in one; `*` is all.
   * @default - any; then groups says who may log in
   */
  readonly emailDomains?: readonly string[];

  /**
   * What the issuer is asked for.
   * @default - openid, email and profile; with groups in the claim `groups`, that as well
   */
  readonly scopes?: readonly string[];

  /**
   * Domain of the cookie: all hosts that ask for this login are in it. `domain`, or one that it is in.
   * @default - that of domain
   */
  readonly cookieDomain?: string;

  /** Further values of the chart `oauth2-proxy`; they win over all others. */
  readonly values?: Values;
}

/** Name under which the gateway and `mesh:security.authorization.custom` ask it. */
export const LOGIN_PROVIDER = "oauth2-proxy";

/** Path before all that it serves itself. */
export const LOGIN_PATH = "/oauth2/";

/** Where it answers in the cluster: the chart names its Service by the release. */
export const loginPlace: AddonPlace = {
  namespace: ISTIO_NAMESPACE,
  service: "oauth2-proxy",
  port: 80,
  path: LOGIN_PATH,
};

/** The host to which the issuer sends people back. One for all, so that the issuer has to know one address only. */
export const loginHostOf = (domain: string): string => `login.${domain}`;

/** Whether a host, perhaps with an asterisk or a port, is in a domain. */
export const isUnder = (host: string, domain: string): boolean =>
  `.${host.replace(/^\*\./, "").replace(/:[\d*]+$/, "")}`.endsWith(`.${domain}`);

/** The login as an extension provider of the mesh. */
export function loginProvider({ groups }: Pick<LoginOptions, "groups">): AuthorizationProvider {
  const { service, namespace, port } = loginPlace;
  return {
    extAuthzHttp: {
      service: `${service}.${namespace}.svc.cluster.local`,
      port,
      timeout: "10s",
      statusOnError: 503,
      // Whoever asks for JSON gets 401 in place of the login's page.
      includeRequestHeadersInCheck: ["accept", "cookie"],
      // Envoy fills it in: where people come back to, once they have logged in.
      includeAdditionalHeadersInCheck: { "x-auth-request-redirect": "https://%REQ(:AUTHORITY)%%REQ(:PATH)%" },
      // Only those that are always there: what the login does not set, a client could.
      headersToUpstreamOnAllow: [
        "x-auth-request-user",
        "x-auth-request-email",
        ...(groups === undefined ? [] : ["x-auth-request-groups"]),
      ],
      headersToDownstreamOnDeny: ["cache-control", "content-type", "location", "set-cookie"],
    },
  };
}

/** The `spec` of an AuthorizationPolicy by which the gateway asks the login about each request for the hosts. */
export function asksLoginSpec(workload: Labels, hosts: readonly string[]): AuthorizationPolicySpec {
  return authorizationPolicySpec({
    workload,
    action: "CUSTOM",
    provider: LOGIN_PROVIDER,
    rules: [{ to: [{ hosts: withPorts(hosts) }] }],
  });
}

/** What oauth2-proxy answers with 200 to everybody, which the gateway takes for a yes. */
const ANSWERED_TO_ALL = ["/ping", "/ready", "/robots.txt", `${LOGIN_PATH}*`];

/** The `spec` of an AuthorizationPolicy that refuses those paths at the hosts, which nobody would guard otherwise. */
export function refusesOwnPathsSpec(workload: Labels, hosts: readonly string[]): AuthorizationPolicySpec {
  return authorizationPolicySpec({
    workload,
    action: "DENY",
    rules: [{ to: [{ hosts: withPorts(hosts), paths: ANSWERED_TO_ALL }] }],
  });
}

/** The `spec` of a VirtualService that leads to what the login serves itself, and to nothing else. */
export function loginRouteSpec(gateway: string, host: string): VirtualServiceSpec {
  const { service, port } = loginPlace;
  return {
    hosts: [host],
    gateways: [gateway],
    http: [
      {
        match: [{ uri: { prefix: LOGIN_PATH } }],
        route: [{ destination: { host: service, port: { number: port } } }],
      },
    ],
  };
}
