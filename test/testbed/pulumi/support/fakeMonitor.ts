import type * as grpc from "@grpc/grpc-js";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import * as proto from "@pulumi/pulumi/proto/resource_pb.js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import { listen, unary, withRefusals } from "../../../../testbed/pulumi/server.ts";

/** The engine's end of a program: takes what it registers, and makes nothing of it. */
export class FakeMonitor {
  readonly registered: string[] = [];
  readonly #server: grpc.Server;
  readonly address: string;

  private constructor(server: grpc.Server, port: number, registered: string[]) {
    this.#server = server;
    this.address = `127.0.0.1:${port}`;
    this.registered = registered;
  }

  static async start(): Promise<FakeMonitor> {
    const registered: string[] = [];
    const implementation = {
      supportsFeature: unary(() => new proto.SupportsFeatureResponse().setHassupport(true)),
      registerResource: unary((request: proto.RegisterResourceRequest) => {
        registered.push(`${request.getType()}::${request.getName()}`);
        return new proto.RegisterResourceResponse()
          .setUrn(`urn:pulumi:dev::tiny::${registered.at(-1)}`)
          .setObject(request.getObject());
      }),
      registerResourceOutputs: unary(() => new Empty()),
      signalAndWaitForShutdown: unary(() => new Empty()),
    };
    const complete = withRefusals(
      ResourceMonitorService,
      implementation,
      (method) => `the fake monitor knows no ${method}`,
    );
    const { server, port } = await listen(ResourceMonitorService, complete);
    return new FakeMonitor(server, port, registered);
  }

  stop(): void {
    this.#server.forceShutdown();
  }
}
