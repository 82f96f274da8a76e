// Traces as Jaeger's HTTP API hands them out, and what we read in them.

/** One step of a request: a proxy that took it in or sent it on. */
export interface Span {
  readonly id: string;
  /** The span that caused it; none for the first, or where that was not reported. */
  readonly parent?: string;
  /** Who reports it, e.g. `productpage.bookinfo`. */
  readonly service: string;
  /** E.g. `details.bookinfo.svc.cluster.local:9080/*`. */
  readonly operation: string;
  /** HTTP status, where there was an answer. */
  readonly status?: string;
  /** In microseconds since 1970. */
  readonly start: number;
  /** In microseconds. */
  readonly duration: number;
}

interface JaegerTrace {
  readonly spans: readonly {
    readonly spanID: string;
    readonly operationName: string;
    readonly processID: string;
    readonly startTime: number;
    readonly duration: number;
    readonly references?: readonly { readonly refType: string; readonly spanID: string }[];
    readonly tags?: readonly { readonly key: string; readonly value: unknown }[];
  }[];
  readonly processes: Readonly<Record<string, { readonly serviceName: string }>>;
}

/** The spans in an answer of `/api/traces/<id>`; none where Jaeger does not have the trace. */
export function spansIn(answer: unknown): Span[] {
  const { data } = answer as { data?: readonly JaegerTrace[] | null };
  return (data ?? []).flatMap(({ spans, processes }) =>
    spans.map(({ spanID, operationName, processID, startTime, duration, references = [], tags = [] }) => {
      const parent = references.find(({ refType }) => refType === "CHILD_OF")?.spanID;
      const status = tags.find(({ key }) => key === "http.status_code" || key === "http.response.status_code")?.value;
      return {
        id: spanID,
        ...(parent !== undefined && { parent }),
        service: processes[processID]?.serviceName ?? "",
        operation: operationName,
        ...((typeof status === "string" || typeof status === "number") && { status: String(status) }),
        start: startTime,
        duration,
      };
    }),
  );
}
