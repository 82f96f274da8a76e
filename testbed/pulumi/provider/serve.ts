import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { servePlugin, withRefusals } from "../server.ts";
import { EngineLog } from "./engineLog.ts";
import { providerService, type Plugin } from "./service.ts";

/** Runs a stand-in as the engine starts it: the engine's address is the last argument, flags may stand before it. */
export async function serveProvider(plugin: Plugin): Promise<void> {
  const refusal = (method: string) =>
    `the stand-in for the ${plugin.name} plugin knows no ${method}; testbed/pulumi/README.md says what it serves`;
  const implementation = providerService(plugin, new EngineLog(process.argv.slice(2).pop()));
  await servePlugin(ResourceProviderService, withRefusals(ResourceProviderService, implementation, refusal), () => {
    plugin.stop();
  });
}
