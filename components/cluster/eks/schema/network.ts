import { z } from "zod";
import { ipFamilies } from "../../../ipFamily.ts";
import { isNetwork } from "../../../../lib/cidr.ts";
import { list } from "../../../../lib/list.ts";
import * as field from "../../../../lib/schema/fields.ts";
import { endpoints, nats } from "../choices.ts";
import * as cidrs from "../cidrs.ts";

const vpcRange = field
  .cidr()
  .refine((range) => fits(range), {
    error: `must be a range from /${cidrs.vpcPrefix.min} to /${cidrs.vpcPrefix.max}, such as 10.0.0.0/16`,
  })
  .refine((range) => !isNetwork(range) || !fits(range) || cidrs.isForVpc(range), {
    error: `must be a private range, such as 10.0.0.0/16, and not in ${cidrs.DOCKER_RANGE}, which Docker and services of AWS take: those of others on the internet cannot be reached from a VPC that has their addresses`,
  });

const podRange = field.cidr().refine((range) => fits(range), {
  error: `must be a range from /${cidrs.vpcPrefix.min} to /${cidrs.vpcPrefix.max}, such as 100.64.0.0/16`,
});

function fits(range: unknown): boolean {
  const prefix = Number(String(range).split("/")[1]);
  return prefix >= cidrs.vpcPrefix.min && prefix <= cidrs.vpcPrefix.max;
}

const newNetwork = {
  cidr: vpcRange.exactOptional(),
  podCidr: podRange.exactOptional(),
  zones: z
    .array(field.text(/^[a-f]$/, 'must be the letter of a zone, from "a" to "f": no region has more'), {
      error: "must be a list of letters",
    })
    .min(2, { error: "must have two zones or three: EKS asks for two at least" })
    .max(cidrs.maxZones, { error: "must have two zones or three" })
    .refine(field.areDifferent, { error: "must not name a zone twice" })
    .exactOptional(),
  nat: field.oneOf(nats).exactOptional(),
  endpoints: z
    .array(field.oneOf(endpoints), { error: `must be a list of ${list(endpoints, "and")}` })
    .refine(field.areDifferent, { error: "must not name a service twice" })
    .exactOptional(),
  flowLogs: field.flag.exactOptional(),
};

const existingNetwork = {
  vpcId: field.text(/^vpc-[0-9a-f]{8,17}$/, "must be the id of a VPC, such as vpc-0a1b2c3d4e5f67890"),
  privateSubnetIds: z
    .array(field.text(/^subnet-[0-9a-f]{8,17}$/, "must be the id of a subnet, such as subnet-0a1b2c3d4e5f67890"), {
      error: "must be a list of ids of subnets",
    })
    .min(2, { error: "must have two subnets or more, in different zones" })
    .refine(field.areDifferent, { error: "must not name a subnet twice" }),
};

/** One of the two: which, the keys tell. */
export const network = field
  .section({
    ...newNetwork,
    ipFamily: field.oneOf(ipFamilies).exactOptional(),
    vpcId: existingNetwork.vpcId.exactOptional(),
    privateSubnetIds: existingNetwork.privateSubnetIds.exactOptional(),
  })
  .superRefine(withoutInternet, field.always)
  .superRefine(podsBesideNodes, field.always)
  .superRefine((settings, context) => {
    const given = (keys: object) => Object.keys(keys).filter((key) => Object.hasOwn(settings, key));
    const theirs = given(existingNetwork);
    if (theirs.length === 0) return;
    for (const key of given(newNetwork)) {
      const message = "has no place beside vpcId: it is for a VPC that is to be made; leave one of them out";
      context.addIssue({ code: "custom", path: [key], message });
    }
    for (const key of Object.keys(existingNetwork)) {
      if (theirs.includes(key)) continue;
      const message = `is missing: a VPC that is there needs ${list(Object.keys(existingNetwork), "and")}`;
      context.addIssue({ code: "custom", path: [key], message });
    }
  }, field.always)
  .transform((settings) => {
    const { vpcId, privateSubnetIds, ...made } = settings;
    const { ipFamily } = made;
    return vpcId !== undefined && privateSubnetIds !== undefined
      ? { vpcId, privateSubnetIds, ...(ipFamily && { ipFamily }) }
      : made;
  });

/** Whatever is wrong with one of the ranges alone has been told of. */
function podsBesideNodes(settings: object, context: z.RefinementCtx): void {
  const { cidr = cidrs.defaultCidr, podCidr } = settings as { readonly cidr?: unknown; readonly podCidr?: unknown };
  if (!isIt(fits, podCidr) || !isIt((range) => fits(range) && cidrs.isForVpc(range), cidr)) return;
  const message = cidrs.podRangeProblem(podCidr as string, cidr as string);
  if (message !== undefined) context.addIssue({ code: "custom", path: ["podCidr"], message });
}

/** Without NAT, nodes reach by endpoints what they need, or they never join. */
function withoutInternet(settings: object, context: z.RefinementCtx): void {
  const { nat, endpoints: given } = settings as { readonly nat?: unknown; readonly endpoints?: unknown };
  if (nat !== "none" || (given !== undefined && !Array.isArray(given))) return;
  const known: readonly unknown[] = given ?? [];
  const missing = endpoints.filter((endpoint) => !known.includes(endpoint));
  if (missing.length === 0) return;
  const what = given === undefined ? "is missing" : `lacks ${list(missing, "and")}`;
  const why = "with nat: none a cluster reaches AWS by endpoints alone";
  const message = `${what}: ${why}; write [${endpoints.join(", ")}], or let nat be one or per-zone`;
  context.addIssue({ code: "custom", path: ["endpoints"], message });
}

/** Whether it is true of a range; of anything else, nothing is. */
function isIt(test: (range: string) => boolean, range: unknown): boolean {
  return typeof range === "string" && isNetwork(range) && test(range);
}
