import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { servePlugin, withRefusals } from "../server";
import { EngineLog } from "./engineLog";
import { Provider } from "./provider";

/** The engine's address is the last argument; flags may stand before it. */
const provider = new Provider(new EngineLog(process.argv.slice(2).pop()));
const refusal = (method: string) =>
  `the stand-in for the Kubernetes plugin knows no ${method}; testbed/pulumi/README.md says what it serves`;
const implementation = withRefusals(ResourceProviderService, provider.implementation(), refusal);

void servePlugin(ResourceProviderService, implementation, () => {
  provider.stop();
});
