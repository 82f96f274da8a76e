// make dashboards: opens the tools that look at the mesh on this machine, until Ctrl-C.
import type { AddonName } from "../components/observability/addonNames.ts";
import type { AddonPlace } from "../components/observability/addon.ts";
import { localPorts } from "../components/observability/observabilityOptions.ts";
import { publish } from "../lib/publish.ts";
import { stackCommand } from "./command.ts";
import { podConnections } from "./mesh/podConnection.ts";
import { openedStack, outputsOf } from "./stack/stack.ts";
import { kubeConfigOf } from "./stack/target.ts";
import { table } from "./table.ts";

const NAMES: Readonly<Record<AddonName, string>> = {
  grafana: "Grafana",
  kiali: "Kiali",
  jaeger: "Jaeger",
  prometheus: "Prometheus",
};

stackCommand(async (stackName) => {
  const stack = await openedStack(stackName);
  const { observability: places = {} } = (await outputsOf(stack)) as {
    observability?: Partial<Record<AddonName, AddonPlace>>;
  };
  const config = kubeConfigOf(stack.target);
  const rows: string[][] = [];
  for (const [tool, name] of Object.entries(NAMES) as [AddonName, string][]) {
    const place = places[tool];
    if (!place) continue;
    const port = await publish(localPorts[tool], podConnections(config, place.namespace, place.service, place.port));
    rows.push([name, `http://localhost:${port}${place.path}`]);
  }
  if (rows.length === 0) {
    throw new Error("the stack has no dashboards: set mesh:observability.enabled to true, and run `make up`");
  }
  console.log(`\n${table([["TOOL", "ADDRESS"], ...rows])}\n`);
  if (places.grafana) {
    console.log("Log in to Grafana as admin, unless the stack file sets another user. To print the password:");
    console.log('  make pulumi ARGS="config get --path mesh:observability.grafana.password"');
  }
  if (places.kiali) {
    console.log("If Kiali asks for a token, create one:");
    console.log(`  kubectl -n ${places.kiali.namespace} create token kiali`);
  }
  console.log("\nPress Ctrl-C to close them.");
  await new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
});
