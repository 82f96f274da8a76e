// A request of which we know the trace before it is sent, in both dialects of headers.
import { randomBytes } from "node:crypto";

export interface TracedRequest {
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Headers that ask to be traced, whatever the share of the requests that are.
 * @see https://www.w3.org/TR/trace-context/ and https://github.com/openzipkin/b3-propagation
 */
export function tracedRequest(dialects: readonly ("w3c" | "b3")[] = ["w3c", "b3"]): TracedRequest {
  const [id, span] = [randomBytes(16).toString("hex"), randomBytes(8).toString("hex")];
  const headers = {
    w3c: { traceparent: `00-${id}-${span}-01` },
    b3: { "x-b3-traceid": id, "x-b3-spanid": span, "x-b3-sampled": "1" },
  };
  return { id, headers: Object.assign({}, ...dialects.map((dialect) => headers[dialect])) as Record<string, string> };
}
