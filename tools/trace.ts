// make trace: sends a request for the product page and prints its way through the mesh. ID=… prints a trace that is there.
import type { AddonPlace } from "../components/observability/addon.ts";
import { step } from "../lib/progress.ts";
import { stackCommand } from "./command.ts";
import { endpointOf } from "./mesh/endpoint.ts";
import { fetchPage } from "./mesh/page.ts";
import { openedStack, outputsOf } from "./stack/stack.ts";
import { kubeConfigOf } from "./stack/target.ts";
import { isTraceId, jaegerAt, wholeTrace } from "./trace/jaeger.ts";
import { tracedRequest } from "./trace/request.ts";
import { treeText } from "./trace/tree.ts";

stackCommand(async (stackName) => {
  const [id] = process.argv.slice(2);
  if (id !== undefined && !isTraceId(id)) {
    throw new Error("ID is not a trace ID, which has at most 32 hexadecimal digits: `make trace` prints one");
  }
  const stack = await openedStack(stackName);
  const outputs = await outputsOf(stack);
  const { observability } = outputs as { observability?: { jaeger?: AddonPlace } };
  if (!observability?.jaeger) {
    throw new Error("the stack stores no traces: enable mesh:observability.jaeger, and run `make up`");
  }
  const read = await jaegerAt(kubeConfigOf(stack.target), observability.jaeger);
  if (id !== undefined) {
    const spans = await read(id);
    if (spans.length === 0) throw new Error(`Jaeger has no trace ${id}`);
    console.log(treeText(spans));
    return;
  }
  const request = tracedRequest();
  const { status } = await fetchPage(await endpointOf(stack, outputs), 10_000, request.headers);
  const spans = await step("waiting for the proxies to report", () => wholeTrace(read, request.id));
  console.log(`\nThe product page returned ${status}; trace ${request.id}, ${spans.length} spans\n`);
  console.log(treeText(spans));
});
