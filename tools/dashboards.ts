// make dashboards: opens the tools that look at the mesh on this machine, until Ctrl-C.
import type { AddonPlace } from "../components/observability/addon.ts";
import { addonList, type AddonName } from "../components/observability/addons.ts";
import { publish } from "../lib/publish.ts";
import { stackCommand } from "./command.ts";
import { podConnections } from "./mesh/podConnection.ts";
import { openedStack, outputsOf } from "./stack/stack.ts";
import { kubeConfigOf } from "./stack/target.ts";
import { table } from "./table.ts";

/** What has pages to look at comes first. */
const tools = [...addonList].sort((one, other) => Number(other.hasLogin) - Number(one.hasLogin));

stackCommand(async (stackName) => {
  const stack = await openedStack(stackName);
  const { observability: places = {} } = (await outputsOf(stack)) as {
    observability?: Partial<Record<AddonName, AddonPlace>>;
  };
  const config = kubeConfigOf(stack.target);
  const rows: string[][] = [];
  for (const { name, title, localPort } of tools) {
    const place = places[name];
    if (!place) continue;
    const port = await publish(localPort, podConnections(config, place.namespace, place.service, place.port));
    rows.push([title, `http://localhost:${port}${place.path}`]);
  }
  if (rows.length === 0) {
    throw new Error("the stack has no dashboards: set mesh:observability.enabled to true, and run `make up`");
  }
  console.log(`\n${table([["TOOL", "ADDRESS"], ...rows])}\n`);
  for (const line of tools.flatMap(({ name, loginHelp = [] }) => (places[name] ? loginHelp : []))) console.log(line);
  console.log("\nPress Ctrl-C to close them.");
  await new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
});
