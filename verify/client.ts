// The client inside the mesh: curl in a pod with a sidecar.
import type { KubeConfig, V1Pod } from "@kubernetes/client-node";
import { TELLING_HEADERS, type Answer } from "./answers.ts";
import { execIn } from "./proxy.ts";
import type { Request } from "./requests.ts";

export interface Sending {
  readonly count: number;
  /** How many are on their way at once. */
  readonly parallel: number;
  /** Seconds after which one is given up. */
  readonly patience: number;
  /** Further response headers to report. */
  readonly read?: readonly string[];
  /** Whether each has a connection of its own. */
  readonly apart?: boolean;
  /** Curl's options on top, e.g. where to connect to. */
  readonly options?: readonly string[];
}

/** Sends the same request many times from a pod, all by one program there. */
export async function sendFrom(
  config: KubeConfig,
  pod: V1Pod,
  container: string,
  origin: string,
  request: Request,
  sending: Sending,
): Promise<Answer[]> {
  const headers = [...TELLING_HEADERS, ...(sending.read ?? [])];
  const { stdout, stderr } = await execIn(config, pod, container, [
    "curl",
    ...curlArgs(origin, request, sending, headers),
  ]);
  const answers = answersIn(stdout, headers);
  if (answers.length === 0)
    throw new Error(`curl in the Pod ${pod.metadata?.name ?? ""} returned nothing: ${stderr.trim()}`);
  return answers;
}

export function curlArgs(origin: string, request: Request, sending: Sending, headers: readonly string[]): string[] {
  const { count, parallel, patience, apart = false, options = [] } = sending;
  const query = new URLSearchParams(request.query).toString();
  const line = ["%{http_code}", "%{time_total}", "%{exitcode}", ...headers.map((name) => `%header{${name}}`)].join(
    "\\t",
  );
  return [
    "--silent",
    "--no-progress-meter",
    ...["--output", "/dev/null"],
    ...["--write-out", `${line}\\n`],
    ...["--max-time", String(patience)],
    ...["--request", request.method],
    // Curl would wait in vain for the body of an answer to HEAD.
    ...(request.method === "HEAD" ? ["--head"] : []),
    ...(parallel > 1 ? ["--parallel", "--parallel-immediate", "--parallel-max", String(parallel)] : []),
    ...(apart ? ["--header", "connection: close"] : []),
    ...Object.entries(request.headers).flatMap(([name, value]) => ["--header", `${name}: ${value}`]),
    ...options,
    // A range in the fragment, which is not sent, makes curl ask again and again for the same.
    `${origin}${globbed(request.path)}${query && `?${globbed(query)}`}#[1-${count}]`,
  ];
}

/** Curl reads brackets and braces of an address as patterns. */
const globbed = (text: string): string => text.replace(/[[\]{}]/g, (character) => encodeURIComponent(character));

export function answersIn(output: string, headers: readonly string[]): Answer[] {
  return output
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [status, seconds, exit, ...values] = line.split("\t");
      return {
        status: Number(status),
        seconds: Number(seconds),
        ...(Number(exit) !== 0 && { failure: Number(exit) }),
        headers: Object.fromEntries(headers.flatMap((name, i) => (values[i] ? [[name, values[i]]] : []))),
      };
    });
}
