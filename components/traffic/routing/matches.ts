import { z } from "zod";
import type { HttpMatch } from "../../../istio/virtualService.ts";
import { defined } from "../../../lib/defined.ts";
import * as field from "../../../lib/schema/fields.ts";
import { reporting } from "../../arguments.ts";
import {
  authorityMatch,
  fieldMatches,
  headerMatches,
  methodMatch,
  schemeMatch,
  uriMatch,
  type FieldMatch,
  type StringMatch,
} from "./comparisons.ts";
import { matchedHeader } from "../headerFields.ts";
import { checkContradictions } from "./matchContradictions.ts";

/** Labels that a pod carries. */
export type PodLabels = Readonly<Record<string, string>>;

/** Which clients a route is for. It is decided when the route is sent to a proxy, not request by request. */
export interface SourceMatch {
  /**
   * Labels of the pods whose requests are meant. It needs `mesh` among the gateways.
   * @default - those of all pods
   */
  readonly sourceLabels?: PodLabels;

  /**
   * Namespace of the pods whose requests are meant.
   * @default - those of all namespaces
   */
  readonly sourceNamespace?: string;

  /**
   * The gateways whose requests are meant, out of those of the service's `gateways`.
   * @default - all of them
   */
  readonly gateways?: readonly string[];
}

/**
 * What a request must be like. All of it must hold.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest
 */
export interface HttpMatchArgs extends SourceMatch {
  /**
   * Path of the request, without the query.
   * @default - every path
   */
  readonly uri?: StringMatch;

  /**
   * Whether capital and small letters of `uri` are the same; not for a regular expression.
   * @default false
   */
  readonly ignoreUriCase?: boolean;

  /**
   * Such as `GET`.
   * @default - every method
   */
  readonly method?: StringMatch;

  /**
   * By lower-case name; also `@request.auth.claims.<name>` for a claim of a JWT, at gateways.
   * @default - whatever the headers
   */
  readonly headers?: Readonly<Record<string, FieldMatch>>;

  /**
   * What the headers must not be like; `present` means that there must be no such header.
   * @default - whatever the headers
   */
  readonly withoutHeaders?: Readonly<Record<string, FieldMatch>>;

  /**
   * By the name of the parameter.
   * @default - whatever the query
   */
  readonly queryParams?: Readonly<Record<string, FieldMatch>>;

  /**
   * Host that the request is for, as its header says; not the one it is sent to.
   * @default - every host
   */
  readonly authority?: StringMatch;

  /**
   * `http` or `https`.
   * @default - both
   */
  readonly scheme?: StringMatch;

  /**
   * Port of the service that the client calls.
   * @default - every port
   */
  readonly port?: number;
}

const labelKey = field.text(
  /^([a-zA-Z0-9]([-a-zA-Z0-9.]{0,251}[a-zA-Z0-9])?\/)?[a-zA-Z0-9]([-\w.]{0,61}[a-zA-Z0-9])?$/,
  "must be the key of a label",
);
const labelValue = field.text(
  /^([a-zA-Z0-9]([-\w.]{0,61}[a-zA-Z0-9])?)?$/,
  "must be the value of a label, a string of at most 63 letters, digits, hyphens, underscores and dots; put it in quotes",
);

export const labels = field.named(labelKey, labelValue, "keys of labels to values");

/** Labels by which pods are chosen, one or more: without one, it would be all pods. */
export const podSelector = labels.refine((all) => Object.keys(all).length > 0, {
  error: "must have one label or more, or be left out: empty, it stands for all pods",
  ...field.always,
});

/** A gateway's name, with its namespace before it where that is another; `mesh` are the sidecars. */
export const gatewayName = field.text(
  /^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\/)?[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
  "must be mesh or the name of a Gateway, such as bookinfo-gateway or istio-system/public",
);

export const gateways = z
  .array(gatewayName, { error: "must be a list of mesh and names of Gateways" })
  .min(1, { error: "must have one gateway or more, or be left out" });

export const sourceMatch = {
  sourceLabels: podSelector.exactOptional(),
  sourceNamespace: field.dnsLabel.exactOptional(),
  gateways: gateways.exactOptional(),
};

const NO_CONDITION = "must have one condition or more: a match without one takes every request";
export const someCondition = { error: NO_CONDITION, ...field.always };

/** Envoy refuses a name that is empty or longer. */
const parameterName = field.text(
  /^[^?&=#]{1,256}$/u,
  "must be the name of a parameter, of at most 256 characters, without its value and the signs ?, & and =",
);

export const httpMatch = field
  .section({
    uri: uriMatch.exactOptional(),
    ignoreUriCase: field.flag.exactOptional(),
    method: methodMatch.exactOptional(),
    headers: headerMatches(matchedHeader).exactOptional(),
    withoutHeaders: headerMatches(matchedHeader).exactOptional(),
    queryParams: fieldMatches(parameterName, "parameters").exactOptional(),
    authority: authorityMatch.exactOptional(),
    scheme: schemeMatch.exactOptional(),
    port: field.port.exactOptional(),
    ...sourceMatch,
  })
  .refine((match) => Object.keys(match).length > 0, someCondition)
  .superRefine(({ uri, ignoreUriCase }, context) => {
    if (ignoreUriCase === undefined) return;
    const issue = (message: string) => {
      context.addIssue({ code: "custom", path: ["ignoreUriCase"], message });
    };
    if (uri === undefined) issue("has no effect without uri: leave it out");
    else if (Object.hasOwn(Object(uri) as object, "regex")) {
      issue("has no effect on a regular expression: begin that with (?i)");
    }
  }, field.always)
  .superRefine((match, context) => {
    checkContradictions(match, reporting(context));
  }, field.always);

/** A match as Istio writes it. */
export function httpMatchSpec({ headers, withoutHeaders, queryParams, ...match }: HttpMatchArgs): HttpMatch {
  return defined<HttpMatch>({
    ...match,
    headers: fieldMatchSpecs(headers),
    withoutHeaders: fieldMatchSpecs(withoutHeaders),
    queryParams: fieldMatchSpecs(queryParams),
  });
}

function fieldMatchSpecs(matches?: Readonly<Record<string, FieldMatch>>): HttpMatch["headers"] | undefined {
  if (matches === undefined) return undefined;
  // Istio compares nothing where the comparison is empty, and only asks whether the header is there.
  return Object.fromEntries(Object.entries(matches).map(([name, match]) => [name, "present" in match ? {} : match]));
}
