// What the simulator says of a request, held against what came back.
import type { Outcome, Result, Sent } from "../../../istio/routing/outcome.ts";
import { pathOf, type Request } from "../../../istio/routing/request.ts";
import type { Answer } from "./ground.ts";

interface Seen {
  readonly version: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What kinds of rules decided, by which one can tell what a run has covered. */
export function classesOf({ results, delay }: Outcome): readonly string[] {
  const kinds = results.map((result) => (result.kind === "answered" ? result.reason : result.kind));
  return [...new Set([...kinds, ...(results.length > 1 ? ["shares"] : []), ...(delay ? ["delay"] : [])])];
}

/** Why an answer is none that the outcome allows; undefined if it is one. */
export function difference(outcome: Outcome, request: Request, answer: Answer): string | undefined {
  if (outcome.delay?.share === 1 && answer.milliseconds < 1000 * Number.parseFloat(outcome.delay.duration) - 20) {
    return `no delay: ${answer.milliseconds} ms`;
  }
  const problems = outcome.results.map((result) => problemOf(result, request, answer));
  return problems.includes(undefined) ? undefined : problems.join("; or ");
}

/** The result that an answer is of, for counting; undefined if it is of none. */
export function resultOf({ results }: Outcome, request: Request, answer: Answer): Result | undefined {
  return results.find((result) => problemOf(result, request, answer) === undefined);
}

function problemOf(result: Result, request: Request, answer: Answer): string | undefined {
  const seen = seenIn(answer);
  const said = `${String(answer.status ?? answer.problem)}${seen ? ` from ${seen.version}` : ""}`;
  switch (result.kind) {
    case "undecided":
      return `undecided: ${result.because}`;
    case "unmanaged":
      return seen === undefined ? `expected an unchanged request, got ${said}` : undefined;
    case "answered": {
      if (seen !== undefined) return `expected ${result.reason}, got ${said}`;
      if (answer.status !== result.status) return `expected ${String(result.status)} (${result.reason}), got ${said}`;
      const isThere = result.location === undefined || result.location === answer.location;
      return isThere ? undefined : `expected ${result.location ?? ""}, got ${String(answer.location)}`;
    }
    default:
      if (isTooLate(result, request)) return answer.status === 504 ? undefined : `expected 504, got ${said}`;
      return seen === undefined ? `expected pods, got ${said}` : differenceAtServer(result, request, seen);
  }
}

/** Whether the pods answer later than the route waits. */
const isTooLate = ({ timeout = "0s" }: Sent, { headers }: Request): boolean =>
  Number.parseFloat(timeout) > 0 && Number(headers["x-answer-after"] ?? 0) > 1000 * Number.parseFloat(timeout);

function differenceAtServer(sent: Sent, request: Request, { version, url, headers }: Seen): string | undefined {
  const versions = sent.workloads.map(({ labels }) => labels.version ?? "");
  if (!versions.includes(version)) return `expected ${versions.join(" or ")}, got ${version}`;
  if (url !== sent.path) return `expected the path ${sent.path}, got ${url}`;
  if (headers.host !== sent.authority) return `expected the host ${sent.authority}, got ${String(headers.host)}`;
  for (const { set = {}, add = {}, remove = [] } of sent.requestHeaders) {
    for (const [name, value] of Object.entries({ ...add, ...set })) {
      if (name !== "host" && !headers[name]?.split(", ").includes(value)) return `expected the header ${name}`;
    }
    const left = remove.find(
      (name) => headers[name] !== undefined && add[name] === undefined && set[name] === undefined,
    );
    if (left !== undefined) return `expected no header ${left}`;
  }
  const { attempts, retryOn } = sent.retries ?? {};
  if (request.headers["x-answer-status"] === "503" && attempts !== undefined && (attempts === 0 || retryOn === "5xx")) {
    const tried = Number(headers["x-envoy-attempt-count"]);
    if (tried !== attempts + 1) return `expected ${attempts + 1} attempts, got ${tried}`;
  }
  return undefined;
}

function seenIn({ body = "" }: Answer): Seen | undefined {
  return body.startsWith('{"version"') ? (JSON.parse(body) as Seen) : undefined;
}

/** A request in words, to find it again. */
export const told = (from: string, request: Request): string =>
  `${from}: ${request.method} http://${request.host}:${request.port}${pathOf(request).path}${pathOf(request).query} ${JSON.stringify(request.headers)}`;
