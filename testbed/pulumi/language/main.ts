import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import { servePlugin, withRefusals } from "../server.ts";
import { endAll } from "./children.ts";
import { languageHost } from "./host.ts";

/** The engine's address is the last argument; flags may stand before it. */
const implementation = languageHost(process.argv.slice(2).pop() ?? "");
const refusal = (method: string) =>
  `the stand-in for the Node.js language host knows no ${method}; testbed/pulumi/README.md says what it serves`;

void servePlugin(LanguageRuntimeService, withRefusals(LanguageRuntimeService, implementation, refusal), endAll);
