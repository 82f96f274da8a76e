import { z } from "zod";
import type { ObservabilityOptions } from "./observabilityOptions.ts";
import { addonList, addonNames, type addons, type AddonName } from "./addons.ts";
import { list } from "../../lib/list.ts";
import * as field from "../../lib/schema/fields.ts";
import { chartSource } from "../istio/schema/charts.ts";

/** What a stack file says about the tools that look at the mesh. */
export interface ObservabilitySection extends Omit<ObservabilityOptions, "timeout"> {
  /**
   * Whether the tools are installed.
   * @default - true in the demo profile, false in the production profile
   */
  readonly enabled?: boolean;

  /**
   * Longest time for each tool to become ready.
   * @default "5m"
   */
  readonly timeout?: string;
}

const exposure = field.section({
  domain: field.host,
  credentialName: field.dnsLabel,
  tools: z
    .array(field.oneOf(addonNames), { error: `must be a list of ${list(addonNames, "and")}` })
    .min(1, { error: "must have one tool or more" })
    .refine((tools) => new Set(tools).size === tools.length, { error: "must name each tool once" })
    .exactOptional(),
  jwt: field
    .section({
      issuer: field.text(/\S/, "must be the issuer of the tokens, such as https://login.example.com"),
      jwksUri: field.text(/^https:\/\/\S+$/, "must be the https URL of the issuer's public keys").exactOptional(),
      audiences: z
        .array(field.text(/\S/, "must be an audience"), { error: "must be a list of audiences" })
        .min(1, { error: "must have one audience or more" })
        .exactOptional(),
      cookie: field.text(/^[\w-]+$/, "must be the name of a cookie").exactOptional(),
    })
    .exactOptional(),
});

type Fields = { readonly [Name in AddonName]: z.ZodExactOptional<(typeof addons)[Name]["schema"]> };
const addonFields = Object.fromEntries(
  addonList.map(({ name, schema }) => [name, schema.exactOptional()]),
) as unknown as Fields;

/** The tools that look at the mesh: exactly the arguments of `Observability`, and whether they are installed. */
export const observability = field.section({
  enabled: field.flag.exactOptional(),
  charts: chartSource.exactOptional(),
  ...addonFields,
  exposure: exposure.exactOptional(),
  timeout: field.duration.prefault("5m"),
});
