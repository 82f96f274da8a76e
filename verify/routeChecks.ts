// What a route declares, held against what its requests met with.
import { secondsOf } from "../istio/durations.ts";
import { qualified } from "../istio/hosts.ts";
import { statuses, serviceSeconds, wasOverloaded, type Answer } from "./answers.ts";
import { acceptance } from "./binomial.ts";
import { endpointsOf, total, type Counters } from "./counters.ts";
import type { Destination, Percentage } from "../istio/generated/specs.ts";
import type { HttpRoute } from "../istio/virtualService.ts";
import { notVerified, verdictOf, type Check } from "./findings.ts";

/** So much longer than declared may a delay or a timeout take, in seconds. */
export const TOLERANCE = 0.3;
/** So much earlier, in seconds: a proxy counts from when its event loop last woke, and the clocks are of two programs. */
export const EARLY = 0.005;

export const TO_PROVOKE = "no response failed or timed out; ARGS=--provoke causes failures";

export interface Sample {
  readonly answers: readonly Answer[];
  /** What the client's proxy has sent meanwhile. */
  readonly sent: Counters;
  /** Namespace in which short hosts are services. */
  readonly namespace: string;
}

/** Shares of a route that chance decides: so many events have to share the chance of a false alarm. */
export function chancesOf({ route = [], fault, mirrors = [] }: HttpRoute): number[] {
  const weights = route.length > 1 ? route.map(({ weight = 0 }) => weight) : [];
  const percentages = [fault?.delay, fault?.abort, ...mirrors].flatMap((each) => each?.percentage?.value ?? []);
  return [...weights, ...percentages].map((percent) => percent / 100).filter((share) => share > 0 && share < 1);
}

export function checkRoute(route: HttpRoute, sample: Sample, alpha: number): Check[] {
  if (route.redirect) return [redirectCheck(route.redirect, sample)];
  if (route.directResponse) return [statusCheck("direct response", route.directResponse.status, sample)];
  return [
    ...abortChecks(route, sample, alpha),
    ...delayChecks(route, sample, alpha),
    ...reachedChecks(route, sample),
    ...shareChecks(route, sample, alpha),
    ...timeoutChecks(route, sample),
    ...attemptChecks(route),
    ...mirrorChecks(route, sample, alpha),
    ...headerChecks(route, sample),
    ...unseen(route),
  ];
}

/** Headers of the answers that the checks of the route read. */
export const headersToRead = ({ headers }: HttpRoute): string[] =>
  [headers?.response?.set, headers?.response?.add].flatMap((each) => Object.keys(each ?? {})).map(lower);

const lower = (name: string) => name.toLowerCase();
const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
export const shown = (seconds: number) => `${seconds.toFixed(seconds < 0.1 ? 3 : 2)} s`;

/** A count of which chance decides: as a share, with the bounds within which it may lie. */
export function shareCheck(what: string, declared: number, count: number, requests: number, alpha: number): Check {
  if (requests === 0) return notVerified(what, `${100 * declared}%`, "no request reached the service");
  const { low, high } = acceptance(requests, declared, alpha);
  return {
    what,
    declared: `${Number((100 * declared).toFixed(4))}%`,
    measured: `${percent(count / requests)} (${count} of ${requests})`,
    allowed: low === high ? percent(low / requests) : `${percent(low / requests)} to ${percent(high / requests)}`,
    verdict: verdictOf(count >= low && count <= high),
  };
}

function statusCheck(what: string, status: number, { answers }: Sample): Check {
  const hits = answers.filter((each) => each.status === status).length;
  return {
    what,
    declared: String(status),
    measured: statuses(answers),
    verdict: verdictOf(hits === answers.length),
  };
}

function redirectCheck(redirect: NonNullable<HttpRoute["redirect"]>, sample: Sample): Check {
  const { answers } = sample;
  const check = statusCheck("redirect", redirect.redirectCode ?? 301, sample);
  const parts = [redirect.authority, redirect.uri].filter((part) => part !== undefined);
  const leads = answers.every(({ headers }) => parts.every((part) => headers.location?.includes(part) === true));
  return {
    ...check,
    declared: [check.declared, ...parts].join(" "),
    measured: `${check.measured}, to ${answers[0]?.headers.location ?? "nowhere"}`,
    verdict: verdictOf(check.verdict === "ok" && leads),
  };
}

const isAborted =
  ({ fault }: HttpRoute) =>
  (answer: Answer) =>
    fault?.abort?.httpStatus !== undefined &&
    answer.status === fault.abort.httpStatus &&
    serviceSeconds(answer) === undefined;

function abortChecks(route: HttpRoute, { answers }: Sample, alpha: number): Check[] {
  const { abort } = route.fault ?? {};
  if (!abort) return [];
  if (abort.httpStatus === undefined) {
    return [notVerified(`abort with ${abort.grpcStatus ?? "?"}`, "-", "the client does not support gRPC")];
  }
  const hits = answers.filter(isAborted(route)).length;
  return [shareCheck(`abort with ${abort.httpStatus}`, share(abort.percentage), hits, answers.length, alpha)];
}

const share = (percentage: Percentage | undefined) => (percentage?.value ?? 100) / 100;

/** Time that a request spent before it was sent to the service. */
const held = (answer: Answer) => answer.seconds - (serviceSeconds(answer) ?? 0);

function delayChecks({ fault, timeout }: HttpRoute, { answers }: Sample, alpha: number): Check[] {
  const { delay } = fault ?? {};
  if (delay?.fixedDelay === undefined) return [];
  const declared = secondsOf(delay.fixedDelay);
  // The time until the timeout is not the delay's, and no header tells it.
  const latest = declared + TOLERANCE + (timeout === undefined ? 0 : secondsOf(timeout));
  const delayed = answers.map(held).filter((seconds) => seconds >= declared - EARLY);
  const slowest = Math.max(0, ...delayed);
  return [
    shareCheck(`delayed by ${delay.fixedDelay}`, share(delay.percentage), delayed.length, answers.length, alpha),
    {
      what: "length of the delay",
      declared: shown(declared),
      measured: delayed.length === 0 ? "-" : `${shown(Math.min(...delayed))} to ${shown(slowest)}`,
      allowed: `${shown(declared)} to ${shown(latest)}`,
      verdict: delayed.length === 0 ? "not verified" : verdictOf(slowest <= latest),
    },
  ];
}

const timedOut = (answer: Answer) => answer.status === 504 && serviceSeconds(answer) === undefined;

/** Requests that the fault let pass have to get to a pod; an answer of the proxy's own says that they have not. */
function reachedChecks(route: HttpRoute, { answers }: Sample): Check[] {
  const passed = answers.filter((answer) => !isAborted(route)(answer));
  if (passed.length === 0) return [];
  const lost = passed.filter(
    (answer) =>
      serviceSeconds(answer) === undefined &&
      !(timedOut(answer) && route.timeout !== undefined) &&
      !wasOverloaded(answer),
  );
  const by = lost.length === 0 ? statuses(passed) : `the proxy returned ${statuses(lost)}`;
  return [
    {
      what: "requests lost",
      declared: "0",
      measured: `${lost.length} of ${passed.length} (${by})`,
      verdict: verdictOf(lost.length === 0),
    },
  ];
}

function sentTo({ host, subset, port }: Destination, { sent, namespace }: Sample): number {
  return total(endpointsOf(sent, qualified(host, namespace), subset, port?.number));
}

const nameOf = ({ host, subset }: Destination) => subset ?? host;

function shareChecks(route: HttpRoute, sample: Sample, alpha: number): Check[] {
  const destinations = route.route ?? [];
  const weightOf = (weight: number | undefined) => (destinations.length === 1 ? 1 : (weight ?? 0) / 100);
  const counts = destinations.map(({ destination }) => sentTo(destination, sample));
  const sum = counts.reduce((all, count) => all + count, 0);
  const passed = sample.answers.filter((answer) => !isAborted(route)(answer) && !wasOverloaded(answer)).length;
  return destinations.map(({ destination, weight }, index) => {
    const what = `share of ${nameOf(destination)}`;
    const declared = weightOf(weight);
    const mirrored = (route.mirrors ?? []).some((mirror) => same(mirror.destination, destination));
    if (mirrored) return notVerified(what, percent(declared), "mirrored requests go there too, and count the same");
    if (sum > passed && declared > 0 && declared < 1) {
      return notVerified(what, percent(declared), "requests were retried, so the attempts are not a fair sample");
    }
    // With a single destination every attempt has to go there, however many there are.
    return shareCheck(what, declared, counts[index] ?? 0, declared === 1 && sum > passed ? sum : passed, alpha);
  });
}

const same = (a: Destination, b: Destination) => a.host === b.host && a.subset === b.subset;

function timeoutChecks({ timeout, fault }: HttpRoute, { answers }: Sample): Check[] {
  if (timeout === undefined) return [];
  const declared = secondsOf(timeout);
  const latest =
    declared + TOLERANCE + (fault?.delay?.fixedDelay === undefined ? 0 : secondsOf(fault.delay.fixedDelay));
  const slowest = Math.max(...answers.map(({ seconds }) => seconds));
  const fired = answers.filter(timedOut).map(({ seconds }) => seconds);
  const what = "timeout";
  const allowed = `${shown(declared)} to ${shown(latest)}`;
  if (slowest > latest) return [{ what, declared: timeout, measured: shown(slowest), allowed, verdict: "wrong" }];
  if (fired.length === 0) return [notVerified(what, timeout, TO_PROVOKE)];
  return [
    {
      what,
      declared: timeout,
      measured: `${shown(Math.min(...fired))} to ${shown(Math.max(...fired))} (504 ×${fired.length})`,
      allowed,
      verdict: verdictOf(Math.min(...fired) >= declared - EARLY),
    },
  ];
}

function attemptChecks({ retries }: HttpRoute): Check[] {
  return retries ? [notVerified("attempts", `1 + ${retries.attempts ?? 0}`, TO_PROVOKE)] : [];
}

function mirrorChecks(route: HttpRoute, sample: Sample, alpha: number): Check[] {
  const passed = sample.answers.filter((answer) => !isAborted(route)(answer) && !wasOverloaded(answer)).length;
  return (route.mirrors ?? []).map(({ destination, percentage }) => {
    const what = `copies to ${nameOf(destination)}`;
    const alike = (route.route ?? []).some((each) => same(each.destination, destination));
    if (alike) return notVerified(what, percent(share(percentage)), "requests go there too, and count the same");
    return shareCheck(what, share(percentage), sentTo(destination, sample), passed, alpha);
  });
}

function headerChecks({ headers }: HttpRoute, { answers }: Sample): Check[] {
  const { set = {}, add = {} } = headers?.response ?? {};
  return Object.entries({ ...add, ...set }).map(([name, value]) => {
    const passed = answers.filter((answer) => answer.headers[lower(name)]?.includes(value) === true).length;
    return {
      what: `response header ${name}`,
      declared: "set",
      measured: `in ${passed} of ${answers.length} answers`,
      verdict: verdictOf(passed === answers.length),
    };
  });
}

/** What a route declares and these requests cannot show. */
function unseen({ rewrite, headers, corsPolicy }: HttpRoute): Check[] {
  const atService = "only the service sees them";
  return [
    ...(rewrite ? [notVerified("rewrite", "yes", atService)] : []),
    ...(headers?.request ? [notVerified("request headers", "changed", atService)] : []),
    ...(corsPolicy ? [notVerified("CORS", "yes", "no cross-origin request was sent")] : []),
  ];
}
