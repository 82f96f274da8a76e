// Timeouts, retries and ejection, put to the proof by requests that ask to fail.
import { secondsOf } from "../istio/durations.ts";
import { qualified } from "../istio/hosts.ts";
import { statuses, type Answer } from "./answers.ts";
import { sleep } from "../lib/process.ts";
import { endpointsOf, since, total, type Endpoint } from "./counters.ts";
import type { TrafficPolicy } from "../istio/generated/specs.ts";
import type { HttpRoute } from "../istio/virtualService.ts";
import type { FaultsOnRequest } from "./faultsOnRequest.ts";
import { notVerified, verdictOf, type Check } from "./findings.ts";
import { EJECTION } from "./poolChecks.ts";
import type { Request } from "./requests.ts";
import { EARLY, TOLERANCE, shown } from "./routeChecks.ts";
import type { ProbeSource } from "./probeSource.ts";

/** Longer than this, in seconds, nobody waits for a timeout, or for a pod to come back. */
const PATIENCE = 30;
const ENOUGH = 5;

export interface Failing {
  readonly route: HttpRoute;
  readonly policy: TrafficPolicy;
  readonly namespace: string;
  readonly source: ProbeSource;
  readonly request: Request;
  readonly faults: FaultsOnRequest;
}

/** What only failures show of a route: the checks take the place of those that were not verified. */
export async function failureChecks(failing: Failing): Promise<Check[]> {
  const { route, policy } = failing;
  return [
    ...(route.timeout === undefined ? [] : [await timeoutCheck(failing, route.timeout)]),
    ...(route.retries ? await attemptChecks(failing, route.retries) : []),
    ...(policy.outlierDetection ? await ejectionChecks(failing, policy.outlierDetection) : []),
  ];
}

/** Attempts end a request before its timeout where each has a shorter time. */
const attemptsEnd = ({ retries }: HttpRoute): number =>
  retries?.perTryTimeout === undefined ? Infinity : (1 + (retries.attempts ?? 0)) * secondsOf(retries.perTryTimeout);

async function timeoutCheck({ route, source, request, faults }: Failing, timeout: string): Promise<Check> {
  const declared = secondsOf(timeout);
  if (declared > PATIENCE) return notVerified("timeout", timeout, "the wait is too long to measure");
  if (attemptsEnd(route) <= declared) return notVerified("timeout", timeout, "the attempts end earlier");
  const slow = faults.asked(request, { seconds: declared + 2 });
  const answers = await source.send(slow, { count: ENOUGH, parallel: ENOUGH, patience: declared + 10 });
  return timeCheck("timeout", timeout, answers, declared, declared + TOLERANCE);
}

function timeCheck(
  what: string,
  declared: string,
  answers: readonly Answer[],
  earliest: number,
  latest: number,
): Check {
  const times = answers.map(({ seconds }) => seconds);
  const [least, most] = [Math.min(...times), Math.max(...times)];
  const inTime = least >= earliest - EARLY && most <= latest;
  return {
    what,
    declared,
    measured: `${shown(least)} to ${shown(most)} (${statuses(answers)})`,
    allowed: `${shown(earliest)} to ${shown(latest)}`,
    verdict: verdictOf(inTime && answers.every(({ status }) => status === 504)),
  };
}

type Retries = NonNullable<HttpRoute["retries"]>;

async function attemptChecks(failing: Failing, retries: Retries): Promise<Check[]> {
  const { route, source, request, faults } = failing;
  const { attempts = 0, perTryTimeout, retryOn = "" } = retries;
  const declared = `1 + ${attempts}`;
  const status = failureOf(retryOn.split(","));
  if (status === undefined && attempts > 0) {
    return [notVerified("attempts", declared, "no condition is a status that the service returns")];
  }
  const before = await source.counters();
  const failed = faults.asked(request, { status: status ?? 503 });
  const answers = await source.send(failed, { count: ENOUGH, parallel: 1, patience: PATIENCE });
  const made = total(behind(failing, since(before, await source.counters())));
  const check = {
    what: "attempts",
    declared,
    measured: `${made / ENOUGH} each (${made} for ${ENOUGH}, then ${statuses(answers)})`,
    verdict: verdictOf(made === ENOUGH * (1 + attempts) && answers.every((each) => each.status === (status ?? 503))),
  };
  if (perTryTimeout === undefined) return [check];

  const perTry = secondsOf(perTryTimeout);
  const all = attemptsEnd(route);
  const what = "time of each attempt";
  const conditions = retryOn.split(",");
  const counts = ["5xx", "gateway-error", "504"].some((condition) => conditions.includes(condition));
  if (!counts || all > PATIENCE || all > secondsOf(route.timeout ?? "1h")) {
    return [check, notVerified(what, perTryTimeout, "it does not affect the total request time")];
  }
  const slow = faults.asked(request, { seconds: perTry + 2 });
  const slowAnswers = await source.send(slow, { count: ENOUGH, parallel: ENOUGH, patience: all + 10 });
  return [
    check,
    timeCheck(what, `${declared} times ${perTryTimeout}`, slowAnswers, all, all + (1 + attempts) * TOLERANCE),
  ];
}

/** A status that the conditions call a failure to be tried again. */
function failureOf(conditions: readonly string[]): number | undefined {
  const number = conditions.find((condition) => /^\d{3}$/.test(condition));
  if (conditions.includes("5xx") || conditions.includes("gateway-error")) return 503;
  if (conditions.includes("retriable-4xx")) return 409;
  return number === undefined ? undefined : Number(number);
}

/** The pods behind the route. */
const behind = ({ route, namespace }: Failing, counters: Awaited<ReturnType<ProbeSource["counters"]>>): Endpoint[] =>
  (route.route ?? []).flatMap(({ destination: { host, subset } }) =>
    endpointsOf(counters, qualified(host, namespace), subset),
  );

type Detection = NonNullable<TrafficPolicy["outlierDetection"]>;

/** Pods that fail are put aside by the client's own proxy, and by no other. */
async function ejectionChecks(failing: Failing, detection: Detection): Promise<Check[]> {
  const { source, request, faults } = failing;
  const {
    consecutive5xxErrors = 5,
    consecutiveGatewayErrors = 0,
    baseEjectionTime = "30s",
    interval = "10s",
  } = detection;
  const errors = Math.min(...[consecutive5xxErrors, consecutiveGatewayErrors].filter((count) => count > 0));
  const base = secondsOf(baseEjectionTime);
  const what = EJECTION;
  if (errors > 20)
    return [notVerified(what, String(errors), "the check does not produce this many consecutive errors")];

  const ejected = async () => behind(failing, await source.counters()).filter((each) => each.ejected).length;
  const pods = behind(failing, await source.counters()).length;
  const sending = { count: errors, parallel: 1, patience: PATIENCE };
  const failed = faults.asked(request, { status: 503 });
  // One less than it takes, where there is one pod only to count them.
  const tooFew =
    pods === 1 && errors > 1 ? (await source.send(failed, { ...sending, count: errors - 1 }), await ejected()) : 0;
  let sent = 0;
  const start = Date.now();
  while (sent < errors * pods + errors && (await ejected()) === 0) {
    await source.send(failed, { ...sending, count: 1 });
    sent++;
  }
  const aside = await ejected();
  const check = {
    what,
    declared: `${errors} consecutive`,
    measured: aside > 0 ? `${aside} of ${pods} pods` : `none after ${sent} errors`,
    verdict: verdictOf(aside > 0 && tooFew === 0),
  };
  if (aside === 0) return [check];
  const gone = await source.send(request, { count: ENOUGH, parallel: 1, patience: 10 });
  const refused: Check[] =
    aside === pods
      ? [
          {
            what: "while ejected",
            declared: "503",
            measured: statuses(gone),
            verdict: verdictOf(gone.every(({ status }) => status === 503)),
          },
        ]
      : [];
  if (base > PATIENCE)
    return [check, ...refused, notVerified("after ejection", baseEjectionTime, "the wait is too long to measure")];
  const latest = base + secondsOf(interval) + 2;
  while ((await ejected()) > 0 && Date.now() - start < (latest + 5) * 1000) await sleep(200);
  const seconds = (Date.now() - start) / 1000;
  const again = await source.send(request, { count: ENOUGH, parallel: 1, patience: 10 });
  return [
    check,
    ...refused,
    {
      what: "after ejection",
      declared: `after ${baseEjectionTime}`,
      measured: `${shown(seconds)}, then ${statuses(again)}`,
      allowed: `${shown(base)} to ${shown(latest)}`,
      verdict: verdictOf(seconds >= base && seconds <= latest && again.every(({ status }) => status < 500)),
    },
  ];
}
