// make url: the address of the product page, alone.
import { stackCommand } from "./command";
import { entranceOf, urlOf } from "./mesh/entrance";
import { openedStack, outputsOf } from "./stack/stack";

stackCommand(async (stackName) => {
  const stack = await openedStack(stackName);
  console.log(urlOf(await entranceOf(stack, await outputsOf(stack))));
});
