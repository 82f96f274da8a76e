import type {
  AuthorizationPolicySpec,
  RequestAuthenticationSpec,
  VirtualServiceSpec,
} from "../../istio/generated/specs.ts";
import type { Labels } from "../../istio/labels.ts";
import { defined } from "../../lib/defined.ts";
import { withPorts } from "../security/accessRules.ts";
import { authorizationPolicySpec } from "../security/authorizationPolicyOptions.ts";
import { requestAuthenticationSpec as tokensSpec, type JwtRule } from "../security/requestAuthenticationOptions.ts";
import type { Addon, AddonPlace } from "./addon.ts";
import { addons, withLogin, type AddonName } from "./addons.ts";
import type { LoginOptions } from "./loginOptions.ts";

/** How the tools are open to the outside, as plain data. */
export interface AddonExposureOptions {
  /** Domain under which each has a host: its name before it, such as `grafana.`; for Jaeger, `tracing.`. */
  readonly domain: string;

  /** Secret in the namespace of the gateway's pods with a certificate for these hosts: `tls.crt` and `tls.key`. */
  readonly credentialName: string;

  /**
   * The tools that are exposed.
   * @default - those that have a login and are enabled, such as Grafana and Kiali
   */
  readonly tools?: readonly AddonName[];

  /**
   * Who may see the tools, all that are exposed: whoever logs in, by oauth2-proxy beside the gateway. It takes the place of jwt.
   * @default - none: each tool asks by itself, and those that do not need jwt
   */
  readonly login?: LoginOptions;

  /**
   * Who may see the tools that have no login, such as Prometheus and Jaeger: whoever brings a token of this issuer.
   * @default - nobody; so without login, these can not be exposed
   */
  readonly jwt?: {
    /** The issuer of the tokens. */
    readonly issuer: string;
    /**
     * URL of the issuer's public keys.
     * @default - found by the issuer's discovery document
     */
    readonly jwksUri?: string;
    /**
     * Audiences of which a token has to name one.
     * @default - any
     */
    readonly audiences?: readonly string[];
    /**
     * Cookie that brings the token where no `Authorization` header does, as browsers do it behind an OAuth proxy.
     * @default - the header only
     */
    readonly cookie?: string;
  };
}

/** Host of a tool under a domain. */
export const hostOf = (tool: AddonName, domain: string): string => {
  const { subdomain = tool }: Addon = addons[tool];
  return `${subdomain}.${domain}`;
};

/** The tools that are exposed, of those that are enabled. */
export function exposedTools(
  { tools }: Pick<AddonExposureOptions, "tools">,
  isEnabled: (tool: AddonName) => boolean,
): readonly AddonName[] {
  return tools ?? withLogin.filter(isEnabled);
}

/** The `spec` of a VirtualService that leads all requests for a host to a tool. */
export function routeSpec(gateway: string, host: string, { service, port, path }: AddonPlace): VirtualServiceSpec {
  return {
    hosts: [host],
    gateways: [gateway],
    http: [
      ...(path === "/" ? [] : [{ match: [{ uri: { exact: "/" } }], redirect: { uri: path } }]),
      { route: [{ destination: { host: service, port: { number: port } } }] },
    ],
  };
}

/** The `spec` of a RequestAuthentication: which tokens count. */
export function requestAuthenticationSpec(
  workload: Labels,
  { issuer, jwksUri, audiences, cookie }: NonNullable<AddonExposureOptions["jwt"]>,
): RequestAuthenticationSpec {
  const rule = defined<JwtRule>({
    issuer,
    jwksUri,
    audiences,
    // Named sources replace the header, so that it has to be named as well.
    fromHeaders: cookie === undefined ? undefined : [{ name: "Authorization", prefix: "Bearer " }],
    fromCookies: cookie === undefined ? undefined : [cookie],
  });
  return tokensSpec({ workload, jwtRules: [rule] });
}

/** The `spec` of an AuthorizationPolicy that turns away requests for the hosts that bring no token that counts. */
export function needsTokenSpec(workload: Labels, hosts: readonly string[]): AuthorizationPolicySpec {
  const rule = { from: [{ notRequestPrincipals: ["*"] }], to: [{ hosts: withPorts(hosts) }] };
  return authorizationPolicySpec({ workload, action: "DENY", rules: [rule] });
}
