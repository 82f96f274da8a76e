import { z } from "zod";
import { alpnPolicies, clientIpModes, ipAddressTypes, loadBalancerControllers } from "../networkLoadBalancer.ts";
import * as field from "../../../lib/schema/fields.ts";

const certificate = field.text(
  /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]{36}$/,
  "must be the ARN of a certificate in ACM, in the cluster's region",
);

/** A Network Load Balancer before the ingress gateway. */
export const networkLoadBalancer = field
  .section({
    controller: field.oneOf(loadBalancerControllers).exactOptional(),
    scheme: field.oneOf(["internal", "internet-facing"]).exactOptional(),
    ipAddressType: field.oneOf(ipAddressTypes).exactOptional(),
    sourceRanges: z
      .array(field.anyCidr(), { error: "must be a list of ranges" })
      .min(1, { error: "must have one range or more; leave it out for everyone" })
      .exactOptional(),
    clientIp: field.oneOf(clientIpModes).exactOptional(),
    crossZone: field.flag.exactOptional(),
    certificates: z
      .array(certificate, { error: "must be a list of ARNs" })
      .min(1, { error: "must have one certificate or more; leave it out to end TLS at the gateway" })
      .exactOptional(),
    tlsPolicy: field
      .text(/^ELBSecurityPolicy-TLS13-1-[23][\w-]*$/, "must be a security policy of ELB for TLS 1.2 and above")
      .exactOptional(),
    alpn: field.oneOf(alpnPolicies).exactOptional(),
    accessLogs: field
      .section({
        bucket: field.text(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "must be the name of an S3 bucket"),
        prefix: field
          .text(/^[^/\s,](\S*[^/\s])?$/, "must be a prefix in the bucket without slashes at its ends")
          .refine((prefix) => !prefix.includes(","), { error: "must have no commas" })
          .exactOptional(),
      })
      .exactOptional(),
  })
  .superRefine((balancer, context) => {
    if (Object.hasOwn(balancer, "certificates")) return;
    for (const key of ["tlsPolicy", "alpn", "accessLogs"] as const) {
      if (!Object.hasOwn(balancer, key)) continue;
      const why = key === "accessLogs" ? "AWS logs TLS connections alone" : "without them TLS ends at the gateway";
      context.addIssue({
        code: "custom",
        path: [key],
        message: `needs certificates: ${why}; add them, or leave it out`,
      });
    }
  }, field.always);
