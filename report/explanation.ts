// Why a request goes where it goes, step by step.
import type { Reference } from "../istio/routing/world.ts";
import type { Outcome, Step } from "../istio/routing/outcome.ts";
import { authorityOf, type Request } from "../istio/routing/request.ts";
import { percent } from "../istio/routing/route.ts";
import { hostText, resultText } from "./words.ts";

/** Where an object is written: a file with a line, or a path in a stack file. */
export type PlaceOf = (object: Reference, path: string | undefined) => string | undefined;

export function explanation(request: Request, outcome: Outcome, placeOf: PlaceOf): string {
  const steps = outcome.steps.map((step, index) => [`${index + 1}.`, step.text, whereText(step, placeOf)]);
  return [headline(request), "", ...aligned(steps), "", ...answerText(outcome)].join("\n");
}

function headline(request: Request): string {
  const { from, method, scheme, path, headers } = request;
  const client = "pod" in from ? from.pod : from.gateway;
  const who = `${client.name}.${client.namespace}`;
  const said = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`);
  const way = "pod" in from ? `from ${who}` : `from outside, by ${who}`;
  return [`${method} ${scheme}://${authorityOf(request)}${path}, ${way}`, ...said].join("\n");
}

function whereText({ object, path }: Step, placeOf: PlaceOf): string {
  if (object === undefined) return "";
  const { kind, namespace, name } = object;
  const place = placeOf(object, path);
  return `${kind} ${name}.${namespace}${path === undefined ? "" : ` ${path}`}${place === undefined ? "" : `  ${place}`}`;
}

/** Columns below each other. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const [number, text] = [width(0), Math.min(width(1), 76)];
  return rows.map(([first = "", second = "", third = ""]) =>
    `${first.padStart(number)} ${second.padEnd(text)}  ${third}`.trimEnd(),
  );
}

function answerText({ results, delay }: Outcome): string[] {
  const lines = results.map((result) => {
    const share = results.length === 1 ? "" : `${percent(result.share)} `;
    if (result.kind !== "sent") return `=> ${share}${resultText(result)}`;
    const pods = result.workloads.map(({ name }) => name).toSorted();
    const where = pods.length === 0 ? "outside of the cluster" : pods.join(", ");
    const terms = [
      ...(result.timeout === undefined ? [] : [`timeout ${result.timeout}`]),
      ...(result.retries?.attempts === undefined ? [] : [`${result.retries.attempts} retries`]),
      ...(result.mutualTls === true ? ["mutual TLS"] : pods.length === 0 ? [] : ["plain text"]),
      ...result.mirrors.map(({ host, subset, percentage }) => `${percentage} % copied to ${subset ?? hostText(host)}`),
    ];
    return `=> ${share}${hostText(result.host)}:${result.port}${result.subset === undefined ? "" : ` ${result.subset}`} (${where})${terms.length === 0 ? "" : `, ${terms.join(", ")}`}`;
  });
  return [
    ...lines,
    ...(delay === undefined ? [] : [`   ${percent(delay.share)} of the requests wait for ${delay.duration} before`]),
  ];
}
