import { z } from "zod";
import type { RequestAuthenticationSpec, TargetReference } from "../../istio/generated/specs.ts";
import { isPlainHeaderName } from "../../istio/headers.ts";
import { isPrivate, isUsable, keysOf } from "../../istio/jwks.ts";
import { defined } from "../../lib/defined.ts";
import * as field from "../../lib/schema/fields.ts";
import { podSelector, type PodLabels } from "../traffic/routing/matches.ts";
import { targetReferences, texts } from "./authorizationPolicyOptions.ts";

/** A header that brings a token. */
export interface TokenHeader {
  /** Its name. */
  readonly name: string;

  /**
   * What stands before the token.
   * @default - nothing
   */
  readonly prefix?: string;
}

/** Which tokens count, and what becomes of them. */
export interface JwtRule {
  /** Who has to have issued the tokens: their claim `iss`. */
  readonly issuer: string;

  /**
   * Audiences of which a token has to name one, in its claim `aud`.
   * @default - any
   */
  readonly audiences?: readonly string[];

  /**
   * URL of the issuer's public keys. Istiod has to reach it: without keys, proxies refuse every token.
   * @default - found by the issuer's discovery document
   */
  readonly jwksUri?: string;

  /**
   * The public keys themselves, as a JSON Web Key Set.
   * @default - those of the issuer
   */
  readonly jwks?: string;

  /**
   * Headers that bring the token, each with what stands before it.
   * @default - Authorization, with `Bearer ` before the token
   */
  readonly fromHeaders?: readonly TokenHeader[];

  /**
   * Parameters of the query that bring the token.
   * @default - access_token
   */
  readonly fromParams?: readonly string[];

  /**
   * Cookies that bring the token.
   * @default - none
   */
  readonly fromCookies?: readonly string[];

  /**
   * Whether the application gets the token.
   * @default false
   */
  readonly forwardOriginalToken?: boolean;

  /**
   * Header in which the application gets the claims, as JSON in base64.
   * @default - none
   */
  readonly outputPayloadToHeader?: string;

  /**
   * Headers of the request to the application, by name of the claim whose value they get.
   * @default - none
   */
  readonly claimsToHeaders?: Readonly<Record<string, string>>;

  /**
   * Claims of several values with spaces between them, beside `scope` and `permission`.
   * @default - none
   */
  readonly spaceDelimitedClaims?: readonly string[];

  /**
   * Longest time for fetching the keys, such as `5s`.
   * @default "5s"
   */
  readonly timeout?: string;
}

/** Which tokens requests may bring, as plain data. */
export interface RequestAuthenticationOptions {
  /**
   * Labels of the pods that it is for.
   * @default - all pods of the namespace; in istio-system, all of the mesh
   */
  readonly workload?: PodLabels;

  /**
   * Gateways or services of the Gateway API that it is for.
   * @default - none: it is for pods
   */
  readonly targetRefs?: readonly TargetReference[];

  /** The issuers whose tokens count. A request with a token of another is refused; one without a token is not. */
  readonly jwtRules: readonly JwtRule[];
}

const words = (what: string) => texts(() => undefined, what).exactOptional();

/** How long something of these objects may take. */
export const timeout = field.text(/^\d+(\.\d+)?m?s$/, "must be a duration, such as 5s or 500ms");

const headerName = z
  .string({ error: "must be the name of a header" })
  .refine(isPlainHeaderName, { error: "must be the name of a header: letters, digits, - and _" });

const urlError = "must be a URL that begins with https:// or http://, such as https://login.example.com/keys";
const jwksUri = z
  .string({ error: urlError })
  .refine((text) => /^https?:/i.test(text) && URL.canParse(text), { error: urlError });

const jwks = z.string({ error: "must be a JSON Web Key Set, as a string" }).superRefine((text, context) => {
  const keys = keysOf(text);
  const message =
    keys === undefined
      ? "must be a JSON Web Key Set: a map with keys, as JSON in a string"
      : keys.some(isPrivate)
        ? "has a key that can sign, which must stay a secret: take the public part of it"
        : keys.some(isUsable)
          ? undefined
          : "has no key that proxies can use, and with none they take no further change: add the issuer's public keys";
  if (message !== undefined) context.addIssue({ code: "custom", message });
});

/** Fields of a rule about tokens, without the names of pods. */
export const jwtRuleFields = {
  issuer: z.string({ error: "must be the issuer of the tokens, such as https://login.example.com" }).min(1, {
    error: "must be the issuer of the tokens, such as https://login.example.com",
  }),
  audiences: words("audiences"),
  jwksUri: jwksUri.exactOptional(),
  jwks: jwks.exactOptional(),
  fromHeaders: z
    .array(field.section({ name: headerName, prefix: z.string({ error: "must be a string" }).exactOptional() }), {
      error: "must be a list of headers",
    })
    .exactOptional(),
  fromParams: words("names of parameters"),
  fromCookies: words("names of cookies"),
  forwardOriginalToken: field.flag.exactOptional(),
  outputPayloadToHeader: headerName.exactOptional(),
  claimsToHeaders: field
    .named(z.string(), headerName, "claims to names of headers")
    .refine((all) => Object.keys(all).length > 0, { error: "must have one claim or more", ...field.always })
    .exactOptional(),
  spaceDelimitedClaims: words("claims"),
  timeout: timeout.exactOptional(),
};

/** Keys come from one place. */
export const oneSourceOfKeys = {
  path: ["jwks"],
  error: "has no place beside jwksUri: leave one of them out",
  ...field.always,
};

export const hasOneSourceOfKeys = ({
  jwksUri: uri,
  jwks: keys,
}: {
  readonly jwksUri?: unknown;
  readonly jwks?: unknown;
}) => uri === undefined || keys === undefined;

/** Schema of `RequestAuthenticationOptions`. */
export const requestAuthenticationRules = field
  .section({
    workload: podSelector.exactOptional(),
    targetRefs: targetReferences.exactOptional(),
    jwtRules: z
      .array(field.section(jwtRuleFields).refine(hasOneSourceOfKeys, oneSourceOfKeys), {
        error: "must be a list of issuers",
      })
      .min(1, { error: "must have one issuer or more" }),
  })
  .refine(({ workload, targetRefs }) => workload === undefined || targetRefs === undefined, {
    path: ["targetRefs"],
    error: "has no place beside workload: leave one of them out",
    ...field.always,
  });

/** The `spec` of a RequestAuthentication. */
export function requestAuthenticationSpec({
  workload,
  targetRefs,
  jwtRules,
}: RequestAuthenticationOptions): RequestAuthenticationSpec {
  return defined<RequestAuthenticationSpec>({
    selector: workload && { matchLabels: workload },
    targetRefs,
    jwtRules: jwtRules.map(({ claimsToHeaders, ...rule }) => ({
      ...rule,
      ...(claimsToHeaders && {
        outputClaimToHeaders: Object.entries(claimsToHeaders).map(([claim, header]) => ({ header, claim })),
      }),
    })),
  });
}
