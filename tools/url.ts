// make url: the address of the product page, alone.
import { say } from "../lib/progress";
import { stackCommand } from "./command";
import { entranceOf, publicPageOf, urlOf } from "./mesh/entrance";
import { openedStack, outputsOf } from "./stack/stack";

stackCommand(async (stackName) => {
  const stack = await openedStack(stackName);
  const outputs = await outputsOf(stack);
  const page = publicPageOf(stack.target, outputs);
  if (!page) {
    console.log(urlOf(await entranceOf(stack, outputs)));
    return;
  }
  say(`DNS has to lead ${page.host} to ${page.address}, the load balancer of the ingress gateway`);
  console.log(page.url);
});
