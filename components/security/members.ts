import { listOf, mapOf, textOf } from "../../lib/untrusted.ts";
import { INGRESS_NAMESPACE, EGRESS_NAMESPACE } from "../istio/namespace.ts";

/** A service of the stack, as policies name it. */
export interface Member {
  readonly name: string;
  readonly namespace: string;
  /** Its ServiceAccount, by which others know it. */
  readonly account: string;
  /** What it is, as the stack file says it: perhaps wrong. */
  readonly args: Readonly<Record<string, unknown>>;
}

/** The names of the services that it says it calls. */
export const callsOf = ({ args }: Member): readonly string[] =>
  listOf(args.calls).flatMap((name) => textOf(name) ?? []);

/** Gateways, which call services as well. */
export const gateways = ["ingress-gateway", "egress-gateway"] as const;
export type GatewayName = (typeof gateways)[number];

export const isGateway = (name: string): name is GatewayName => gateways.some((each) => each === name);

const GATEWAY_PODS = {
  "ingress-gateway": {
    namespace: INGRESS_NAMESPACE,
    account: "istio-ingressgateway",
    labels: { istio: "ingressgateway" },
  },
  "egress-gateway": { namespace: EGRESS_NAMESPACE, account: "istio-egressgateway", labels: { istio: "egressgateway" } },
} as const;

export const gatewayPods = (name: GatewayName) => GATEWAY_PODS[name];

/** An application, as far as policies are concerned. */
export interface MemberApplication {
  readonly name: string;
  readonly namespace: string;
  readonly services: Readonly<Record<string, unknown>>;
}

/** The services of a stack. */
export class Members {
  readonly all: readonly Member[];

  constructor(applications: Iterable<MemberApplication>) {
    this.all = [...applications].flatMap(({ name: application, namespace, services }) =>
      Object.entries(services).map(([name, args]) => ({
        name,
        namespace,
        account: `${application}-${name}`,
        args: mapOf(args),
      })),
    );
  }

  /**
   * The services that a name means: `reviews`, or `reviews.bookinfo` where several have that name.
   * @param from the namespace of whoever names it, whose own services come first
   */
  named(name: string, from?: string): readonly Member[] {
    const [service, namespace, ...rest] = name.split(".");
    if (rest.length > 0) return [];
    const found = this.all.filter((each) => each.name === service && [undefined, each.namespace].includes(namespace));
    const near = found.filter((each) => each.namespace === from);
    return near.length > 0 ? near : found;
  }

  /** The names by which services can be called without doubt. */
  get names(): readonly string[] {
    return this.all.map((each) => (this.named(each.name).length === 1 ? each.name : `${each.name}.${each.namespace}`));
  }
}

/** The identity of a ServiceAccount: Istio takes `cluster.local` for the mesh's own trust domain. */
export const identityOf = ({ namespace, account }: Pick<Member, "namespace" | "account">) =>
  `cluster.local/ns/${namespace}/sa/${account}`;
