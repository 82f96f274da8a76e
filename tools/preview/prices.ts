// AWS's list prices, in the one place where this project has any. They are for an estimate, not for a bill.

/** Hours of a month, as AWS's own calculator has them. */
export const HOURS = 730;

/** The month by which others had read these from AWS's price list, which this project cannot reach. Compare them now and then. */
export const PRICES_AS_OF = "2026-06";

export const PRICES_SOURCE =
  "https://aws.amazon.com/eks/pricing, /ec2/pricing/on-demand, /vpc/pricing, /elasticloadbalancing/pricing";

/** US dollars an hour, where a price is the same in every region. */
export const EVERYWHERE = { controlPlane: 0.1, publicAddress: 0.005 } as const;

/** US dollars a month, the same in every region. */
export const KEY_A_MONTH = 1;

/** US dollars an hour in us-east-1. */
export const IN_VIRGINIA = { natGateway: 0.045, interfaceEndpoint: 0.01, networkLoadBalancer: 0.0225 } as const;

/** US dollars a GB and month of a gp3 volume in us-east-1. */
export const VOLUME_GB_A_MONTH = 0.08;

/** What other regions take, roughly, for what is dearer there: the price of an m7g by that in us-east-1. */
export const REGIONS: Readonly<Record<string, number>> = {
  "us-east-1": 1,
  "us-east-2": 1,
  "us-west-2": 1,
  "eu-west-1": 1.12,
  "eu-central-1": 1.2,
};

/** Spot's part of the price on demand, roughly: it changes by the hour, from zone to zone. */
export const SPOT = 0.4;

/** US dollars an hour of a `large` of each family on demand, with Linux, in us-east-1. */
export const LARGE: Readonly<Record<string, number>> = {
  ...{ t3: 0.0832, t3a: 0.0752, t4g: 0.0672 },
  ...{ m5: 0.096, m5a: 0.086, m6i: 0.096, m6a: 0.0864, m6g: 0.077 },
  ...{ m7i: 0.1008, "m7i-flex": 0.09576, m7a: 0.11592, m7g: 0.0816, m8g: 0.08976 },
  ...{ c5: 0.085, c5a: 0.077, c6i: 0.085, c6a: 0.0765, c6g: 0.068, c7i: 0.08925, c7g: 0.0725 },
  ...{ r5: 0.126, r6i: 0.126, r6a: 0.1134, r6g: 0.1008, r7i: 0.1323, r7g: 0.1071 },
};

/** How often a size holds a `large`: within a family, prices go by it. */
export function largesIn(size: string): number | undefined {
  const [, count] = /^(\d*)xlarge$/.exec(size) ?? [];
  if (count !== undefined) return 2 * Number(count || 1);
  return size === "large" ? 1 : size === "medium" ? 0.5 : undefined;
}
