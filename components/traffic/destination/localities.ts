import { z } from "zod";
import * as field from "../../../lib/schema/fields.ts";

/**
 * Which zones and regions the requests of a zone go to. One of `distribute`, `failover` and `failoverPriority`.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LocalityLoadBalancerSetting
 */
export interface LocalityArgs {
  /**
   * Whether localities count at all.
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Shares in percent by zone, e.g. `{ from: "us-east-1/us-east-1a/*", to: { "us-east-1/us-east-1a/*": 80, … } }`.
   * @default - by the number of pods
   */
  readonly distribute?: readonly {
    /** Where the client is. */
    readonly from: string;
    /** Shares by where the pods are, in percent. */
    readonly to: Readonly<Record<string, number>>;
  }[];

  /**
   * The region that takes over where one fails; it needs `outlierDetection`.
   * @default - to any region
   */
  readonly failover?: readonly {
    /** The region that fails. */
    readonly from: string;
    /** The region that takes over. */
    readonly to: string;
  }[];

  /**
   * Labels that client and pod have in common, the more the better; it needs `outlierDetection`.
   * @default - by region and zone
   */
  readonly failoverPriority?: readonly string[];
}

const placeError = "must be a locality, such as us-east-1/us-east-1a/*";
const place = field.text(/^(\*|[^\s/*]+(\/[^\s/*]+){0,2}(\/\*)?)$/, placeError);
const region = field.text(/^[^\s/*]+$/, "must be a region, such as us-east-1");
const share = field.wholeNumber(1, 100, "a share, a whole number of percent");

const EMPTY = { error: "must have one item or more, or be left out" };

const distribution = field.section({
  from: place,
  to: field.named(place, share, "localities to shares in percent").superRefine((shares, context) => {
    const values: unknown[] = Object.values(shares);
    if (!values.every((each) => typeof each === "number")) return;
    const sum = values.reduce((total, each) => total + each, 0);
    if (sum !== 100) context.addIssue({ code: "custom", message: `must be shares that sum to 100, not to ${sum}` });
  }, field.always),
});

const failover = field.section({ from: region, to: region }).refine(({ from, to }) => from !== to, {
  path: ["to"],
  error: "must be another region than from",
  ...field.always,
});

export const locality = field
  .section({
    enabled: field.flag.exactOptional(),
    distribute: z.array(distribution, { error: "must be a list of distributions" }).min(1, EMPTY).exactOptional(),
    failover: z.array(failover, { error: "must be a list of failovers" }).min(1, EMPTY).exactOptional(),
    failoverPriority: z
      .array(field.text(/./, "must be a label"), { error: "must be a list of labels" })
      .min(1, EMPTY)
      .exactOptional(),
  })
  .refine((all) => Object.keys(all).filter((key) => key !== "enabled").length <= 1, {
    error: "must have one of distribute, failover and failoverPriority",
    ...field.always,
  });
