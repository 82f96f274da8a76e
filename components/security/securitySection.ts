import type { MtlsMode } from "./peerAuthenticationOptions.ts";
import type { JwtRule } from "./requestAuthenticationOptions.ts";

/**
 * Whoever calls: a service by its name, such as `reviews` or `reviews.bookinfo`; `ingress-gateway` or `egress-gateway`; or a
 * namespace, or a service account of others, as `<namespace>/<account>`.
 */
export type Caller =
  | string
  | {
      /** Everybody in a namespace. */
      readonly namespace: string;
    }
  | {
      /** Whoever runs as it, as `<namespace>/<account>`. */
      readonly serviceAccount: string;
    };

/** Which requests; all that is there has to fit. */
export interface RequestsSection {
  /**
   * Methods, such as `GET`.
   * @default - all
   */
  readonly methods?: readonly string[];

  /**
   * Paths: as a whole, `/api/*` for all that begin so, `*.png` for all that end so, or with `{*}` for one part.
   * @default - all
   */
  readonly paths?: readonly string[];

  /**
   * Hosts that the requests name.
   * @default - all
   */
  readonly hosts?: readonly string[];

  /**
   * Ports of the pods.
   * @default - all
   */
  readonly ports?: readonly number[];
}

/** Claims of a token by name, each with the values of which it has to have one. */
export type ClaimsSection = Readonly<Record<string, readonly string[]>>;

/** Requests that a service takes. */
export interface AccessSection extends RequestsSection {
  /** Who may send them; an empty list is nobody. */
  readonly from: readonly Caller[];

  /**
   * Claims that the request's token has to have.
   * @default - none
   */
  readonly jwt?: ClaimsSection;
}

/** Requests that are refused whatever allows them. */
export interface DenialSection extends RequestsSection {
  /** Where: services, `ingress-gateway` or `egress-gateway`. */
  readonly on: string | readonly string[];

  /**
   * Whose requests.
   * @default - everybody's
   */
  readonly from?: readonly Caller[];

  /**
   * Who may send them all the same.
   * @default - nobody
   */
  readonly unless?: {
    /** Callers. */
    readonly from?: readonly Caller[];
    /** Whose token has these claims. */
    readonly jwt?: ClaimsSection;
  };
}

/** Requests about which a service of your own decides. */
export interface CustomSection extends RequestsSection {
  /** Where: services, `ingress-gateway` or `egress-gateway`. */
  readonly on: string | readonly string[];

  /** Name of the extension provider that decides, one of `mesh:istio.extensionProviders`. */
  readonly provider: string;
}

/** Who may call whom. */
export interface AuthorizationSection {
  /**
   * What holds for requests that nothing allows: `deny` refuses them in all namespaces of the stack. What a service's `calls`
   * and what is exposed stays allowed, unless `services` has the service.
   * @default "allow"
   */
  readonly default?: "allow" | "deny";

  /**
   * Whether proxies only count what they would refuse.
   * @default false
   * @see https://istio.io/latest/docs/tasks/security/authorization/authz-dry-run/
   */
  readonly tryOut?: boolean;

  /**
   * What a service takes, by its name. All else is refused there.
   * @default {}
   */
  readonly services?: Readonly<Record<string, AccessSection | readonly AccessSection[]>>;

  /**
   * What is refused whatever allows it, by a name of its own.
   * @default {}
   */
  readonly deny?: Readonly<Record<string, DenialSection>>;

  /**
   * What a service of your own decides about, by a name of its own.
   * @default {}
   */
  readonly custom?: Readonly<Record<string, CustomSection>>;
}

/** Tokens of one issuer. */
export interface TokensSection extends JwtRule {
  /** Where they count: services, `ingress-gateway` or `egress-gateway`. */
  readonly on: readonly string[];

  /**
   * Whether requests without a token are refused there.
   * @default false
   */
  readonly required?: boolean;
}

/** Modes of mutual TLS: the mesh's, and those of single namespaces, services and ports. */
export interface MtlsSection {
  /**
   * For the mesh.
   * @default - STRICT in the production profile; Istio's own default, PERMISSIVE, in the demo profile
   */
  readonly mode?: Exclude<MtlsMode, "DISABLE">;

  /**
   * By namespace of the stack.
   * @default {}
   */
  readonly namespaces?: Readonly<Record<string, MtlsMode>>;

  /**
   * By service: a mode, or also those of single ports of its pods.
   * @default {}
   */
  readonly workloads?: Readonly<Record<string, MtlsMode | WorkloadMtls>>;
}

/** Modes of one service. */
export interface WorkloadMtls {
  /** For its pods. */
  readonly mode: MtlsMode;

  /**
   * By port of its pods, not of its Service.
   * @default - the same for all ports
   */
  readonly ports?: Readonly<Record<string, MtlsMode>>;
}

/** Who may call whom, with what proof. */
export interface SecuritySection {
  /**
   * A set of settings; what stands beside it wins. `zero-trust` is mutual TLS everywhere, `default: deny`, `egress: closed`,
   * `sidecarScopes` and `networkPolicies`; with `authorization.tryOut`, `default: deny` alone, since nothing else can be tried out.
   * @default - none
   */
  readonly preset?: "zero-trust";

  /**
   * Whether pods take plain text: a mode for the mesh, or modes of parts of it.
   * @default - STRICT in the production profile; Istio's own default, PERMISSIVE, in the demo profile
   * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
   */
  readonly mtls?: Exclude<MtlsMode, "DISABLE"> | MtlsSection;

  /**
   * Who may call whom.
   * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
   */
  readonly authorization?: AuthorizationSection;

  /**
   * Issuers of tokens, by a name of their own.
   * @default {}
   * @see https://istio.io/latest/docs/reference/config/security/request_authentication/
   */
  readonly jwt?: Readonly<Record<string, TokensSection>>;

  /**
   * Whether pods may call hosts outside that `mesh:traffic` does not declare.
   * @default "open"
   * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-control/
   */
  readonly egress?: "open" | "closed";

  /**
   * Whether a proxy knows only the services that its own service `calls`.
   * @default false
   * @see https://istio.io/latest/docs/reference/config/networking/sidecar/
   */
  readonly sidecarScopes?: boolean;

  /**
   * Whether NetworkPolicies keep out at the network whom authorization refuses.
   * @default false
   * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
   */
  readonly networkPolicies?: boolean;
}
