import { z } from "zod";
import type { HttpRoute } from "../../../istio/virtualService.ts";
import { defined } from "../../../lib/defined.ts";
import * as field from "../../../lib/schema/fields.ts";
import { reporting } from "../../arguments.ts";
import { cors, type CorsArgs } from "./cors.ts";
import {
  destinationSpecs,
  httpDestinations,
  mirrors,
  mirrorSpecs,
  type Destinations,
  type MirrorArgs,
} from "./destinations.ts";
import { duration, milliseconds, type Duration } from "../durations.ts";
import { fault, faultSpec, type FaultArgs } from "./faults.ts";
import { headerOperations, type HeaderOperations } from "../headerFields.ts";
import { httpMatch, httpMatchSpec, type HttpMatchArgs } from "./matches.ts";
import { checkPathRewrites } from "./pathRewrites.ts";
import { checkReachability } from "./reachability.ts";
import { checkRedirectLoops } from "./redirectLoops.ts";
import { retries, retrySpec, type RetryArgs } from "./retries.ts";
import {
  directResponse,
  directResponseSpec,
  redirect,
  redirectSpec,
  rewrite,
  type DirectResponseArgs,
  type RedirectArgs,
  type RewriteArgs,
} from "./rewrites.ts";

/**
 * What happens to the requests that match. They go to `to`, unless the proxy itself answers: by `redirect` or
 * `directResponse`, beside which only the match, `headers` and `cors` have a place.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRoute
 */
export interface RouteArgs<Subset extends string> {
  /**
   * Name in access logs, in `istioctl proxy-config route` and for canary controllers.
   * @default - none
   */
  readonly name?: string;

  /**
   * What a request must be like: one of these has to hold.
   * @default - every request
   */
  readonly match?: readonly HttpMatchArgs[];

  /**
   * Where the requests go.
   * @default - to the service, whatever the version
   */
  readonly to?: Destinations<Subset>;

  /**
   * Longest time for a request, all attempts and the waits between them included. Without a time of its own for each
   * attempt (`retries.perTryTimeout`) a request that has run out of time is not tried again.
   * @default - no limit
   */
  readonly timeout?: Duration;

  /** @default - 2 further attempts where the service could not be reached; see `RetryArgs` */
  readonly retries?: RetryArgs;

  /**
   * Faults to try out what they do to the callers. Aborted requests are not tried again, and a delay does not count
   * for this route's `timeout`: see `FaultArgs`.
   * @default - none
   */
  readonly fault?: FaultArgs;

  /** @default - none */
  readonly mirrors?: readonly MirrorArgs<Subset>[];

  /** @default - unchanged */
  readonly rewrite?: RewriteArgs;

  /** @default - none */
  readonly redirect?: RedirectArgs;

  /** @default - none */
  readonly directResponse?: DirectResponseArgs;

  /** @default - unchanged */
  readonly headers?: HeaderOperations;

  /** @default - as the service answers */
  readonly cors?: CorsArgs;
}

const CONFLICTS = ["to", "timeout", "retries", "fault", "mirrors", "rewrite"] as const;

const route = field
  .section({
    name: field
      .text(/^[\w.-]{1,255}$/, "must be a name of letters, digits, hyphens, underscores and dots")
      .exactOptional(),
    match: z
      .array(httpMatch, { error: "must be a list of matches" })
      .min(1, { error: "must have one match or more, or be left out" })
      .exactOptional(),
    to: httpDestinations.exactOptional(),
    timeout: duration.exactOptional(),
    retries: retries.exactOptional(),
    fault: fault.exactOptional(),
    mirrors: mirrors.exactOptional(),
    rewrite: rewrite.exactOptional(),
    redirect: redirect.exactOptional(),
    directResponse: directResponse.exactOptional(),
    headers: headerOperations.exactOptional(),
    cors: cors.exactOptional(),
  })
  .superRefine((args, context) => {
    const issue = (path: PropertyKey[], message: string) => {
      context.addIssue({ code: "custom", path, message });
    };
    const answers = (["redirect", "directResponse"] as const).filter((name) => args[name] !== undefined);
    const [answer, second] = answers;
    if (second !== undefined) issue([second], "has no place beside redirect: leave one of them out");
    if (answer !== undefined) {
      for (const name of CONFLICTS.filter((each) => args[each] !== undefined)) {
        issue([name], `has no effect beside ${answer}: leave one of them out`);
      }
    }
    const { perTryTimeout } = Object(args.retries) as Partial<RetryArgs>;
    if (milliseconds(perTryTimeout) >= milliseconds(args.timeout)) {
      issue(
        ["retries", "perTryTimeout"],
        "has no effect: it is not shorter than the timeout of the whole request, which leaves no time to try again",
      );
    }
    if (args.rewrite?.authority !== undefined && changesHost(args.headers)) {
      issue(["headers", "request"], "must not change the host, which rewrite.authority changes already");
    }
  }, field.always);

function changesHost(headers: HeaderOperations | undefined): boolean {
  return [headers?.request?.set, headers?.request?.add].some((each) =>
    Object.keys(Object(each) as object).some((name) => name.toLowerCase() === "host"),
  );
}

/** The routes of a service in the order in which they are tried. */
export const httpRoutes = z
  .array(route, { error: "must be a list of routes" })
  .min(1, { error: "must have one route or more, or be left out" })
  .superRefine(
    (routes, context) => {
      const report = reporting(context);
      checkReachability(routes, report);
      checkPathRewrites(routes, report);
      checkRedirectLoops(routes, report);
    },
    { when: ({ value }) => Array.isArray(value) },
  );

/** Routes as Istio writes them. */
export function httpRouteSpecs(host: string, routes: readonly RouteArgs<string>[]): HttpRoute[] {
  return routes.map((args) => {
    const isAnswered = args.redirect !== undefined || args.directResponse !== undefined;
    return defined<HttpRoute>({
      name: args.name,
      match: args.match?.map(httpMatchSpec),
      route: isAnswered ? undefined : destinationSpecs(host, args.to),
      redirect: args.redirect && redirectSpec(args.redirect),
      directResponse: args.directResponse && directResponseSpec(args.directResponse),
      timeout: args.timeout,
      retries: args.retries && retrySpec(args.retries),
      fault: args.fault && faultSpec(args.fault),
      mirrors: args.mirrors && mirrorSpecs(host, args.mirrors),
      rewrite: args.rewrite,
      headers: args.headers,
      corsPolicy: args.cors,
    });
  });
}
