// Requests and what becomes of them, in words.
import type { StringMatch } from "../istio/generated/specs.ts";
import { serviceNameOf } from "../istio/hosts.ts";
import type { Outcome, Result, Sent } from "../istio/routing/outcome.ts";
import { percent } from "../istio/routing/route.ts";
import type { HttpMatch } from "../istio/virtualService.ts";

/** Which requests a condition takes, such as `end-user: jason and paths /reviews/…`. */
export function matchText(match: HttpMatch): string {
  const { uri, method, authority, scheme, headers = {}, withoutHeaders = {}, queryParams = {} } = match;
  const parts = [
    ...(method ? [textText(method)] : []),
    ...(uri ? [`path ${textText(uri)}`] : []),
    ...Object.entries(headers).map(([name, wanted]) => `${name}: ${textText(wanted)}`),
    ...Object.entries(withoutHeaders).map(([name, unwanted]) => `no ${name}: ${textText(unwanted)}`),
    ...Object.entries(queryParams).map(([name, wanted]) => `?${name}=${textText(wanted)}`),
    ...(authority ? [`host ${textText(authority)}`] : []),
    ...(scheme ? [textText(scheme)] : []),
    ...(match.port === undefined ? [] : [`port ${match.port}`]),
  ];
  return parts.length === 0 ? "all requests" : parts.join(", ");
}

function textText({ exact, prefix, regex }: StringMatch): string {
  if (exact !== undefined) return exact;
  if (prefix !== undefined) return `${prefix}…`;
  return regex === undefined ? "(any)" : `/${regex}/`;
}

/** The name of a host as people of the cluster call it: without the cluster's domain. */
export function hostText(host: string): string {
  const service = serviceNameOf(host);
  return service === undefined ? host : `${service.name}.${service.namespace}`;
}

/** Everything that becomes of a request, in one line. */
export function outcomeText({ results, delay }: Outcome, own?: string): string {
  const waits = delay === undefined ? [] : [`${percent(delay.share)} wait ${delay.duration}`];
  const parts = results.map((result) => {
    const share = results.length === 1 ? "" : `${percent(result.share)} `;
    return `${share}${resultText(result, own)}`;
  });
  return [...parts, ...waits, ...terms(results)].join("; ");
}

/** @param own - the host that was asked for, which is not said again */
export function resultText(result: Result, own?: string): string {
  switch (result.kind) {
    case "sent":
      return sentText(result, own);
    case "unmanaged":
      return "leaves the mesh, without any rule";
    case "undecided":
      return `not known yet: ${result.because}`;
    default: {
      const status = result.status === undefined ? "closed connection" : String(result.status);
      return `${status} (${result.reason}${result.location === undefined ? "" : ` to ${result.location}`})`;
    }
  }
}

function sentText({ host, subset, workloads }: Sent, own: string | undefined): string {
  const name = host === own ? "" : hostText(host);
  if (workloads.length === 0) return `${hostText(host)}, outside`;
  const pods =
    subset ??
    workloads
      .map((workload) => workload.name)
      .toSorted()
      .join(", ");
  return name === "" ? pods : subset === undefined ? name : `${name} ${subset}`;
}

/** What holds for the requests that are passed on: how long they may take, how often they are tried, what is copied. */
function terms(results: readonly Result[]): string[] {
  const sent = results.filter((result) => result.kind === "sent");
  const [first] = sent;
  if (first === undefined) return [];
  const { timeout, retries, mirrors, mutualTls } = first;
  const changes = JSON.stringify(first.requestHeaders) !== "[]" ? [`headers: ${headersText(first)}`] : [];
  return [
    ...(timeout === undefined ? [] : [`timeout ${timeout}`]),
    ...(retries?.attempts === undefined ? [] : [retries.attempts === 0 ? "no retries" : `${retries.attempts} retries`]),
    ...mirrors.map(({ host, subset, percentage }) => `${percentage} % copied to ${subset ?? hostText(host)}`),
    ...changes,
    ...(mutualTls === false && first.workloads.length > 0 ? ["plain text"] : []),
  ];
}

function headersText({ requestHeaders }: Sent): string {
  return requestHeaders
    .flatMap(({ set = {}, add = {}, remove = [] }) => [
      ...Object.keys(set).map((name) => `=${name}`),
      ...Object.keys(add).map((name) => `+${name}`),
      ...remove.map((name) => `-${name}`),
    ])
    .join(" ");
}
