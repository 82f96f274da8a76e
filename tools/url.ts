// make url: the address of the product page, alone.
import { say } from "../lib/progress.ts";
import { stackCommand } from "./command.ts";
import { endpointOf, publicPageOf, urlOf } from "./mesh/endpoint.ts";
import { openedStack, outputsOf } from "./stack/stack.ts";

stackCommand(async (stackName) => {
  const stack = await openedStack(stackName);
  const outputs = await outputsOf(stack);
  const page = publicPageOf(stack.target, outputs);
  if (!page) {
    console.log(urlOf(await endpointOf(stack, outputs)));
    return;
  }
  say(`create a DNS record that points ${page.host} to ${page.address}, the load balancer of the ingress gateway`);
  console.log(page.url);
});
