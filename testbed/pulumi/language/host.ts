import type * as grpc from "@grpc/grpc-js";
import sdk from "@pulumi/pulumi/package.json" with { type: "json" };
import * as proto from "@pulumi/pulumi/proto/language_pb.js";
import { PackageDependency, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb.js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import { unary } from "../server.ts";
import { dependenciesOf, pluginName } from "./dependencies.ts";
import { runPlugin } from "./plugin.ts";
import { runProgram } from "./program.ts";

const { version } = sdk;

/** The language service, as far as running programs and policy packs needs it; the calls that are missing are refused. */
export function languageHost(engineAddress: string): grpc.UntypedServiceImplementation {
  let engine = engineAddress;
  return {
    handshake: unary((request: proto.LanguageHandshakeRequest) => {
      engine = request.getEngineAddress() || engine;
      return new proto.LanguageHandshakeResponse();
    }),
    getPluginInfo: unary(() => new PluginInfo().setVersion(version)),
    about: unary(() => new proto.AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
    getRequiredPackages: unary((request: proto.GetRequiredPackagesRequest) =>
      new proto.GetRequiredPackagesResponse().setPackagesList(requiredPackages(folderOf(request.getInfo()))),
    ),
    getProgramDependencies: unary((request: proto.GetProgramDependenciesRequest) => {
      const found = dependenciesOf(folderOf(request.getInfo()), request.getTransitivedependencies());
      const list = found.map(({ name, version }) => new proto.DependencyInfo().setName(name).setVersion(version));
      return new proto.GetProgramDependenciesResponse().setDependenciesList(list);
    }),
    run: ((call, answer) => {
      runProgram(call, engine).then(
        (response) => {
          answer(null, response);
        },
        (error: unknown) => {
          answer(error as Error);
        },
      );
    }) satisfies grpc.handleUnaryCall<proto.RunRequest, proto.RunResponse>,
    runPlugin: ((call) => {
      void runPlugin(call);
    }) satisfies grpc.handleServerStreamingCall<proto.RunPluginRequest, proto.RunPluginResponse>,
    cancel: unary(() => new Empty()),
  };
}

const folderOf = (info: proto.ProgramInfo | undefined): string => info?.getProgramDirectory() ?? process.cwd();

/** The plugins whose SDKs the program depends on, so that the engine can have them ready before the program runs. */
function requiredPackages(folder: string): PackageDependency[] {
  const sdks = dependenciesOf(folder, true).filter(({ pulumi }) => pulumi?.resource);
  return sdks.map((sdk) =>
    new PackageDependency()
      .setName(pluginName(sdk))
      .setKind("resource")
      .setVersion(`v${(sdk.pulumi?.version ?? sdk.version).replace(/^v/, "")}`)
      .setServer(sdk.pulumi?.server ?? ""),
  );
}
