import { z } from "zod";
import {
  addressProblem,
  attributeOf,
  portProblem,
  serviceAccountProblem,
  trustDomainProblem,
  wildcardProblem,
  type Problem,
} from "../../istio/authorizationValues.ts";
import type { AuthorizationPolicySpec, TargetReference } from "../../istio/generated/specs.ts";
import { pathTemplateProblem } from "../../istio/pathTemplates.ts";
import { defined } from "../../lib/defined.ts";
import * as field from "../../lib/schema/fields.ts";
import { podSelector, type PodLabels } from "../traffic/routing/matches.ts";

export const authorizationActions = ["ALLOW", "DENY", "AUDIT", "CUSTOM"] as const;
export type AuthorizationAction = (typeof authorizationActions)[number];

type Spec = NonNullable<AuthorizationPolicySpec["rules"]>[number];

/** Who sends a request: each list that is there has to fit. */
export type AuthorizationSource = NonNullable<NonNullable<Spec["from"]>[number]["source"]>;
/** What a request is: each list that is there has to fit. */
export type AuthorizationOperation = NonNullable<NonNullable<Spec["to"]>[number]["operation"]>;
/** An attribute of a request and the values that it has to have. */
export type AuthorizationCondition = NonNullable<Spec["when"]>[number];

/** Requests that a policy is about: one of `from`, one of `to` and all of `when` have to fit. */
export interface AuthorizationRule {
  /** @default - everybody */
  readonly from?: readonly AuthorizationSource[];
  /** @default - every operation */
  readonly to?: readonly AuthorizationOperation[];
  /** @default - no condition */
  readonly when?: readonly AuthorizationCondition[];
}

/** Who may call pods, or who may not, as plain data. */
export interface AuthorizationPolicyOptions {
  /**
   * What happens to requests that a rule fits. A request that fits no `ALLOW` policy is refused where there is one.
   * @default "ALLOW"
   */
  readonly action?: AuthorizationAction;

  /** Name of the extension provider that decides; for `CUSTOM` only, which needs it. */
  readonly provider?: string;

  /**
   * Labels of the pods that it is for.
   * @default - all pods of the namespace; in istio-system, all of the mesh
   */
  readonly workload?: PodLabels;

  /**
   * Gateways, services or classes of the Gateway API that it is for.
   * @default - none: it is for pods
   */
  readonly targetRefs?: readonly TargetReference[];

  /**
   * Requests that it is about. None at all makes `ALLOW` refuse every request.
   * @default []
   */
  readonly rules?: readonly AuthorizationRule[];

  /**
   * Whether proxies only count what they would do, and do nothing.
   * @default false
   * @see https://istio.io/latest/docs/tasks/security/authorization/authz-dry-run/
   */
  readonly tryOut?: boolean;
}

/** A list of texts, each of which Istio accepts. */
export function texts(problemOf: Problem, what: string) {
  const each = z.string({ error: "must be a string; put it in quotes" }).superRefine((text, context) => {
    const problem = text === "" ? "set a value, or leave it out" : problemOf(text);
    if (problem !== undefined)
      context.addIssue({ code: "custom", message: `is nothing that Istio accepts: ${problem}` });
  });
  return z
    .array(each, { error: `must be a list of ${what}` })
    .min(1, { error: `must have one entry or more, or be left out` });
}

const METHOD = /^(\*|\*?[A-Z][A-Z-]*\*?)$/;
export const methodProblem: Problem = (text) =>
  METHOD.test(text) ? undefined : "write methods in capital letters, such as GET";
export const pathProblem: Problem = (text) => {
  const problem = text.includes("{") ? pathTemplateProblem(text) : wildcardProblem(text);
  return problem ?? (/^[/*{]/.test(text) ? undefined : "begin a path with / or *");
};

/** The list of a name, and the one of what must not be. */
function bothWays<Name extends string>(name: Name, list: z.ZodType<readonly string[]>) {
  const not = `not${name.charAt(0).toUpperCase()}${name.slice(1)}` as `not${Capitalize<Name>}`;
  return { [name]: list.exactOptional(), [not]: list.exactOptional() } as Record<
    Name | `not${Capitalize<Name>}`,
    z.ZodExactOptional<z.ZodType<readonly string[]>>
  >;
}

const source = field.section({
  ...bothWays("principals", texts(wildcardProblem, "identities, such as cluster.local/ns/shop/sa/cart")),
  ...bothWays("requestPrincipals", texts(wildcardProblem, "issuers and subjects, such as https://login.example.com/*")),
  ...bothWays("namespaces", texts(wildcardProblem, "namespaces")),
  ...bothWays("serviceAccounts", texts(serviceAccountProblem, "service accounts")),
  ...bothWays("trustDomains", texts(trustDomainProblem, "trust domains")),
  ...bothWays("ipBlocks", texts(addressProblem, "addresses and ranges of them")),
  ...bothWays("remoteIpBlocks", texts(addressProblem, "addresses and ranges of them")),
});

const operation = field.section({
  ...bothWays("hosts", texts(wildcardProblem, "hosts")),
  ...bothWays("ports", texts(portProblem, "ports of the pods, in quotes")),
  ...bothWays("methods", texts(methodProblem, "methods")),
  ...bothWays("paths", texts(pathProblem, "paths")),
});

const condition = field
  .section({
    key: z.string({ error: "must be the name of an attribute, such as request.headers[x-user]" }),
    values: texts(() => undefined, "values").exactOptional(),
    notValues: texts(() => undefined, "values").exactOptional(),
  })
  .superRefine((when, context) => {
    const { key, values, notValues } = when as Partial<Record<keyof AuthorizationCondition, unknown>>;
    const issue = (path: readonly PropertyKey[], message: string) => {
      context.addIssue({ code: "custom", path: [...path], message });
    };
    if (values === undefined && notValues === undefined) issue([], "must have values or notValues");
    if (typeof key !== "string") return;
    const attribute = attributeOf(key);
    if ("problem" in attribute) {
      issue(["key"], `is nothing that Istio accepts: ${attribute.problem}`);
      return;
    }
    for (const [name, list] of Object.entries({ values, notValues })) {
      for (const [index, text] of (Array.isArray(list) ? (list as unknown[]) : []).entries()) {
        const problem = typeof text === "string" && text !== "" ? attribute.problemOf(text) : undefined;
        if (problem !== undefined) issue([name, index], `is nothing that Istio accepts: ${problem}`);
      }
    }
  }, field.always);

const some = <Of extends z.ZodType>(of: Of, what: string) =>
  z.array(of, { error: `must be a list of ${what}` }).min(1, { error: "must have one entry or more, or be left out" });
const filled = <Of extends z.ZodType>(map: Of) =>
  map.refine((value) => Object.keys(Object(value) as object).length > 0, {
    error: "must have one list or more, or be left out: empty, it fits every request",
    ...field.always,
  });

const rule = field.section({
  from: some(filled(source), "sources").exactOptional(),
  to: some(filled(operation), "operations").exactOptional(),
  when: some(condition, "conditions").exactOptional(),
});

/** Things of the Gateway API that a policy may be for. */
export const targetReferences = some(
  field.section({
    group: z.string({ error: "must be an API group, such as gateway.networking.k8s.io" }).exactOptional(),
    kind: z.string({ error: "must be a kind, such as Gateway" }),
    name: field.host,
    namespace: field.dnsLabel.exactOptional(),
  }),
  "references",
);

/** Schema of `AuthorizationPolicyOptions`. */
export const authorizationPolicyRules = field
  .section({
    action: field.oneOf(authorizationActions).exactOptional(),
    provider: field.dnsLabel.exactOptional(),
    workload: podSelector.exactOptional(),
    targetRefs: targetReferences.exactOptional(),
    rules: z.array(rule, { error: "must be a list of rules" }).exactOptional(),
    tryOut: field.flag.exactOptional(),
  })
  .superRefine((options, context) => {
    const { action = "ALLOW", provider, workload, targetRefs, rules } = options as Record<string, unknown>;
    const issue = (path: string, message: string) => {
      context.addIssue({ code: "custom", path: [path], message });
    };
    if (action === "CUSTOM" && provider === undefined) {
      issue("provider", "is missing: name the extension provider that decides");
    }
    if (action !== "CUSTOM" && provider !== undefined) issue("provider", "has a place with the action CUSTOM only");
    if (workload !== undefined && targetRefs !== undefined) {
      issue("targetRefs", "has no place beside workload: leave one of them out");
    }
    const isEmpty = rules === undefined || (Array.isArray(rules) && rules.length === 0);
    if (isEmpty && ["DENY", "AUDIT", "CUSTOM"].includes(String(action))) {
      issue("rules", "must have one rule or more: without, the policy does nothing; {} fits every request");
    }
  }, field.always);

/** The `spec` of an AuthorizationPolicy. */
export function authorizationPolicySpec(options: AuthorizationPolicyOptions): AuthorizationPolicySpec {
  const { action, provider, workload, targetRefs, rules } = options;
  return defined<AuthorizationPolicySpec>({
    selector: workload && { matchLabels: workload },
    targetRefs,
    action,
    provider: provider === undefined ? undefined : { name: provider },
    rules: rules?.map(({ from, to, when }) =>
      defined<Spec>({
        from: from?.map((source) => ({ source })),
        to: to?.map((operation) => ({ operation })),
        when,
      }),
    ),
  });
}

/** The annotation by which proxies count what a policy would do, and do nothing. */
export const authorizationPolicyAnnotations = ({
  tryOut,
}: AuthorizationPolicyOptions): Readonly<Record<string, string>> =>
  tryOut === true ? { "istio.io/dry-run": "true" } : {};
