import type { Values } from "../components/istio/values.ts";
import type { PeerAuthenticationOptions } from "../components/security/peerAuthenticationOptions.ts";
import type { HostTrafficOptions } from "../components/traffic/hostTrafficOptions.ts";

/** A ready-made set of rules for Bookinfo, after one of the tasks of Istio's documentation. */
export interface Scenario {
  /** As the stack file names it. */
  readonly id: string;
  /** What can be seen, in one line. */
  readonly description: string;
  /** The task that it follows. */
  readonly task: string;
  /**
   * By host, in Bookinfo's namespace; the same that a stack file may say under `mesh:traffic`.
   * @default - none
   */
  readonly traffic?: Readonly<Record<string, HostTrafficOptions>>;
  /**
   * For Bookinfo's namespace.
   * @default - none
   */
  readonly peerAuthentication?: PeerAuthenticationOptions;
  /**
   * Values of the chart istiod; the same that a stack file may say under `mesh:istio.values.istiod`.
   * @default - none
   */
  readonly istiod?: Values;
  /**
   * What has to be there before, beside the cluster; in one line.
   * @default - nothing
   */
  readonly needs?: string;
}

/** Rules in which a route can only name a subset that is there. */
export const rules = <const Subset extends string>(host: HostTrafficOptions<Subset>): HostTrafficOptions => host;

/** Requests of the user jason, who has signed in at the product page. */
export const fromJason = { headers: { "end-user": { exact: "jason" } } } as const;

/** The versions of reviews. */
export const reviewsVersions = { v1: {}, v2: {}, v3: {} } as const;

const onlyV1 = rules({ subsets: { v1: {} }, routes: [{ to: { v1: 100 } }] });

/** Every service in its first version: what most tasks begin with. */
export const everythingV1: Readonly<Record<string, HostTrafficOptions>> = {
  productpage: onlyV1,
  details: onlyV1,
  ratings: onlyV1,
  reviews: rules({ subsets: reviewsVersions, routes: [{ to: { v1: 100 } }] }),
};
