import { z } from "zod";
import type { ObservabilityOptions } from "./observabilityOptions.ts";
import { addonList, addonNames, type addons, type AddonName } from "./addons.ts";
import { list } from "../../lib/list.ts";
import * as field from "../../lib/schema/fields.ts";
import { anyValues, chartSource } from "../istio/schema/charts.ts";
import { aesKey } from "./parts.ts";

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

const listOf = <Item extends z.ZodType>(item: Item, what: string) =>
  z
    .array(item, { error: `must be a list of ${what}s` })
    .min(1, { error: `must have one ${what} or more` })
    .exactOptional();

// The chart takes braces for a template of its own.
const plain = /^[^{}\p{C}]+$/u;

const login = field.section({
  issuer: field.text(
    /^https?:\/\/[^\s?#{}]+$/,
    "must be the URL by which the issuer names itself, such as https://login.example.com",
  ),
  clientId: field.text(/^[!-~]+$/, "must be the name of a client that the issuer knows"),
  clientSecret: field.text(/^[!-~]+$/, "must be the secret of that client").exactOptional(),
  cookieSecret: aesKey.exactOptional(),
  groups: listOf(field.text(plain, "must be the name of a group"), "group"),
  groupsClaim: field.text(plain, "must be the name of a claim").exactOptional(),
  emailDomains: listOf(
    field.text(/^(\*|([a-z0-9-]+\.)+[a-z0-9-]+)$/, "must be a domain in lower case, such as example.com, or *"),
    "domain",
  ),
  scopes: listOf(field.text(/^[!-z|~]+$/, "must be a scope, such as openid"), "scope"),
  cookieDomain: field.host.exactOptional(),
  values: anyValues.exactOptional(),
});

const exposure = field.section({
  domain: field.host,
  credentialName: field.dnsLabel,
  tools: z
    .array(field.oneOf(addonNames), { error: `must be a list of ${list(addonNames, "and")}` })
    .min(1, { error: "must have one tool or more" })
    .refine((tools) => new Set(tools).size === tools.length, { error: "must name each tool once" })
    .exactOptional(),
  login: login.exactOptional(),
  jwt: field
    .section({
      issuer: field.text(/\S/, "must be the issuer of the tokens, such as https://login.example.com"),
      jwksUri: field.text(/^https:\/\/\S+$/, "must be the https URL of the issuer's public keys").exactOptional(),
      audiences: listOf(field.text(/\S/, "must be an audience"), "audience"),
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
