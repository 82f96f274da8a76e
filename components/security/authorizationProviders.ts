import { defined } from "../../lib/defined.ts";
import * as field from "../../lib/schema/fields.ts";
import type { Values } from "../istio/values.ts";
import { httpStatus } from "../traffic/numbers.ts";
import { texts } from "./authorizationPolicyOptions.ts";
import { timeout } from "./requestAuthenticationOptions.ts";

/** How to ask a service of your own whether a request may pass. */
export interface AuthorizationProviderOptions {
  /** Full name of the service, such as `oauth2-proxy.login.svc.cluster.local`. */
  readonly service: string;

  /** Port of the service. */
  readonly port: number;

  /**
   * Longest time for its answer, such as `500ms`.
   * @default "600s"
   */
  readonly timeout?: string;

  /**
   * Whether requests pass while it does not answer.
   * @default false
   */
  readonly failOpen?: boolean;

  /**
   * Status of the answer to requests about which it does not answer.
   * @default 403
   */
  readonly statusOnError?: number;

  /**
   * How much of the request's body it gets.
   * @default - nothing
   */
  readonly includeRequestBodyInCheck?: {
    /** The most bytes; a longer body is refused with 413. */
    readonly maxRequestBytes: number;
    /**
     * Whether it gets the beginning of a longer body instead.
     * @default false
     */
    readonly allowPartialMessage?: boolean;
    /**
     * Whether the body goes as bytes, not as a string; for gRPC.
     * @default false
     */
    readonly packAsBytes?: boolean;
  };
}

/** What a check by HTTP takes along, and what becomes of its answer. Names may have an asterisk at either end. */
export interface HttpAuthorizationProviderOptions extends AuthorizationProviderOptions {
  /**
   * Path that goes before that of the request.
   * @default - none
   */
  readonly pathPrefix?: string;

  /**
   * Headers of the request that it gets besides its host, method, path and `authorization`.
   * @default []
   */
  readonly includeRequestHeadersInCheck?: readonly string[];

  /**
   * Headers of our own that it gets.
   * @default {}
   */
  readonly includeAdditionalHeadersInCheck?: Readonly<Record<string, string>>;

  /**
   * Headers of its answer that the application gets where the request may pass.
   * @default []
   */
  readonly headersToUpstreamOnAllow?: readonly string[];

  /**
   * Headers of its answer that the client gets where the request may not pass; with `location` or `set-cookie`, a login works.
   * @default []
   */
  readonly headersToDownstreamOnDeny?: readonly string[];

  /**
   * Headers of its answer that the client gets where the request may pass.
   * @default []
   */
  readonly headersToDownstreamOnAllow?: readonly string[];
}

/** A service of your own that decides, and the protocol in which it is asked. */
export type AuthorizationProvider =
  | {
      /** It answers requests of HTTP: 200 lets the request pass. */
      readonly extAuthzHttp: HttpAuthorizationProviderOptions;
    }
  | {
      /** It answers by Envoy's gRPC API for external authorization. */
      readonly extAuthzGrpc: AuthorizationProviderOptions;
    };

const names = texts(
  (name) =>
    /^\*?[-_A-Za-z0-9]*\*?$/.test(name) ? undefined : "write names of headers, with an asterisk at an end at most",
  "names of headers",
);

const common = {
  service: field.host.refine((name) => name.includes("."), {
    error: "must be the full name of a Service, such as oauth2-proxy.login.svc.cluster.local",
  }),
  port: field.port,
  timeout: timeout.exactOptional(),
  failOpen: field.flag.exactOptional(),
  statusOnError: httpStatus.exactOptional(),
  includeRequestBodyInCheck: field
    .section({
      maxRequestBytes: field.wholeNumber(1, 2 ** 32 - 1),
      allowPartialMessage: field.flag.exactOptional(),
      packAsBytes: field.flag.exactOptional(),
    })
    .exactOptional(),
};

const provider = field
  .oneKey(
    field.section({
      extAuthzHttp: field
        .section({
          ...common,
          pathPrefix: field.urlPath.exactOptional(),
          includeRequestHeadersInCheck: names.exactOptional(),
          includeAdditionalHeadersInCheck: field
            .named(
              field.text(/^[-_A-Za-z0-9]+$/, "must be the name of a header"),
              field.text(/./, "must be a text"),
              "headers to values",
            )
            .exactOptional(),
          headersToUpstreamOnAllow: names.exactOptional(),
          headersToDownstreamOnDeny: names.exactOptional(),
          headersToDownstreamOnAllow: names.exactOptional(),
        })
        .exactOptional(),
      extAuthzGrpc: field.section(common).exactOptional(),
    }),
    "must have one of extAuthzHttp and extAuthzGrpc",
  )
  .transform((protocols) => protocols as AuthorizationProvider);

/** Services that decide, by the names under which policies ask for them. */
export const authorizationProviders = field.named(field.dnsLabel, provider, "names to services that decide");

/**
 * The providers as istiod's `meshConfig.extensionProviders`.
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-ExtensionProvider-EnvoyExternalAuthorizationHttpProvider
 */
export function authorizationProviderValues(providers: Readonly<Record<string, AuthorizationProvider>>): Values[] {
  return Object.entries(providers).map(([name, each]) => {
    const [key, { statusOnError, ...options }] =
      "extAuthzHttp" in each
        ? (["envoyExtAuthzHttp", each.extAuthzHttp] as const)
        : (["envoyExtAuthzGrpc", each.extAuthzGrpc] as const);
    // Istio wants the status as a string.
    const status = statusOnError === undefined ? undefined : String(statusOnError);
    return { name, [key]: defined<Values>({ ...options, statusOnError: status }) };
  });
}
