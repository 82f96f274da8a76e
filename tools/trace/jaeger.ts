// Traces out of the stack's Jaeger.
import type { KubeConfig } from "@kubernetes/client-node";
import type { AddonPlace } from "../../components/observability/addon.ts";
import { jaeger } from "../../components/observability/addons/jaeger.ts";
import { publish } from "../../lib/publish.ts";
import { until } from "../../lib/process.ts";
import { podConnections } from "../mesh/podConnection.ts";
import { spansIn, type Span } from "./spans.ts";

/** Proxies report their spans every five seconds: so long none may have come before a trace counts as whole. */
const QUIET = 6000;

/** Whether Jaeger would take the text for a trace's id; zeros in front may be left out. */
export const isTraceId = (text: string): boolean => /^[0-9a-f]{1,32}$/i.test(text);

/** Reads traces, for as long as this process runs. */
export async function jaegerAt(
  config: KubeConfig,
  { namespace, service, port, path }: AddonPlace,
): Promise<(id: string) => Promise<Span[]>> {
  const local = await publish(jaeger.localPort, podConnections(config, namespace, service, port));
  return async (id) => {
    const response = await fetch(`http://127.0.0.1:${local}${path}/api/traces/${id}`);
    // Jaeger says 404 of a trace that it does not have.
    return response.status === 404 ? [] : spansIn(await response.json());
  };
}

/** The trace, once all its spans are there. */
export async function wholeTrace(read: (id: string) => Promise<Span[]>, id: string, seconds = 60): Promise<Span[]> {
  let count = 0;
  let since = Date.now();
  return until(
    `the spans of the trace ${id}`,
    seconds,
    async () => {
      const spans = await read(id);
      if (spans.length !== count) [count, since] = [spans.length, Date.now()];
      return count > 0 && Date.now() - since >= QUIET ? spans : undefined;
    },
    500,
  );
}
