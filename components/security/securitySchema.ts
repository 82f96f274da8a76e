import { z } from "zod";
import { wildcardProblem } from "../../istio/authorizationValues.ts";
import { list } from "../../lib/list.ts";
import * as field from "../../lib/schema/fields.ts";
import { portKey } from "../traffic/numbers.ts";
import { methodProblem, pathProblem, texts } from "./authorizationPolicyOptions.ts";
import { gateways } from "./members.ts";
import { mtlsModes, type MtlsMode } from "./peerAuthenticationOptions.ts";
import { hasOneSourceOfKeys, jwtRuleFields, oneSourceOfKeys } from "./requestAuthenticationOptions.ts";
import type { AccessSection, Caller, MtlsSection } from "./securitySection.ts";

const serviceOrGateway = field.text(
  /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)?$/,
  `must be the name of a service, such as reviews or reviews.bookinfo, or ${gateways.join(" or ")}`,
);

const caller = field.byKind<Caller>(
  {
    string: serviceOrGateway,
    map: field.oneKey(
      field.section({
        namespace: field.dnsLabel.exactOptional(),
        serviceAccount: field
          .text(
            /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\/[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/,
            "must be <namespace>/<account>",
          )
          .exactOptional(),
      }),
      "must have one of namespace and serviceAccount",
    ),
  },
  "must be the name of a service, a gateway, or a map with namespace or serviceAccount",
);

const callers = z.array(caller, { error: "must be a list of those who may call" });

const requests = {
  methods: texts(methodProblem, "methods").exactOptional(),
  paths: texts(pathProblem, "paths").exactOptional(),
  hosts: texts(wildcardProblem, "hosts").exactOptional(),
  ports: z
    .array(field.port, { error: "must be a list of ports" })
    .min(1, { error: "must have one port or more" })
    .exactOptional(),
};

const claims = field
  .named(
    z.string(),
    texts(() => undefined, "values"),
    "claims to lists of values",
  )
  .refine((all) => Object.keys(all).length > 0, { error: "must have one claim or more", ...field.always });

const access = field.section({ from: callers, ...requests, jwt: claims.exactOptional() });

const accesses = field.byKind<AccessSection | readonly AccessSection[]>(
  {
    map: access,
    list: z.array(access).min(1, { error: "must have one entry or more; from: [] lets nobody in" }),
  },
  "must be a map with from, or a list of such",
);

const on = field.byKind<string | readonly string[]>(
  {
    string: serviceOrGateway,
    list: z.array(serviceOrGateway).min(1, { error: "must have one place or more" }),
  },
  "must be a service or gateway, or a list of them",
);

const denial = field
  .section({
    on,
    from: callers.exactOptional(),
    ...requests,
    unless: field
      .section({ from: callers.exactOptional(), jwt: claims.exactOptional() })
      .refine((all) => Object.keys(all).length > 0, { error: "must have from or jwt", ...field.always })
      .exactOptional(),
  })
  .refine((all) => Object.keys(all).some((key) => key !== "on"), {
    error: "must say which requests: without, it refuses all; write paths: ['*'] where that is meant",
    ...field.always,
  });

const custom = field.section({ on, provider: field.dnsLabel, ...requests });

const authorization = field.section({
  default: field.oneOf(["allow", "deny"]).exactOptional(),
  tryOut: field.flag.exactOptional(),
  services: field.named(serviceOrGateway, accesses, "services to who may call them").exactOptional(),
  deny: field.named(field.dnsLabel, denial, "names to what is refused").exactOptional(),
  custom: field.named(field.dnsLabel, custom, "names to what is decided elsewhere").exactOptional(),
});

const tokens = field
  .section({
    ...jwtRuleFields,
    on: z.array(serviceOrGateway, { error: "must be a list of services and gateways" }).min(1, {
      error: "must have one place or more",
    }),
    required: field.flag.exactOptional(),
  })
  .refine(hasOneSourceOfKeys, oneSourceOfKeys);

const mode = field.oneOf(mtlsModes);
const meshMode = field.oneOf(["STRICT", "PERMISSIVE"]);

const mtls = field.byKind<Exclude<MtlsMode, "DISABLE"> | MtlsSection>(
  {
    string: meshMode,
    map: field.section({
      mode: meshMode.exactOptional(),
      namespaces: field.named(field.namespace, mode, "namespaces to modes").exactOptional(),
      workloads: field
        .named(
          serviceOrGateway,
          field.byKind(
            {
              string: mode,
              map: field.section({ mode, ports: field.named(portKey, mode, "ports to modes").exactOptional() }),
            },
            `must be ${list(mtlsModes, "or")}, or a map of mode and ports`,
          ),
          "services to modes",
        )
        .exactOptional(),
    }),
  },
  "must be STRICT or PERMISSIVE, or a map of mode, namespaces and workloads",
);

/** Who may call whom, with what proof. */
export const security = field.section({
  preset: field.oneOf(["zero-trust"]).exactOptional(),
  mtls: mtls.exactOptional(),
  authorization: authorization.exactOptional(),
  jwt: field.named(field.dnsLabel, tokens, "names to issuers of tokens").exactOptional(),
  egress: field.oneOf(["open", "closed"]).exactOptional(),
  sidecarScopes: field.flag.exactOptional(),
  networkPolicies: field.flag.exactOptional(),
});
