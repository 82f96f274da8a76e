import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb.js";

/** Shows messages through the engine, beside the resource that they are about. */
export class EngineLog {
  readonly #client: EngineClient | undefined;

  constructor(address: string | undefined) {
    this.#client = address ? new EngineClient(address, grpc.credentials.createInsecure()) : undefined;
  }

  /** A line that the next one replaces. */
  progress(line: string, urn: string): void {
    this.#log(new LogRequest().setSeverity(LogSeverity.INFO).setMessage(line).setUrn(urn).setEphemeral(true));
  }

  warn(message: string, urn = ""): void {
    this.#log(new LogRequest().setSeverity(LogSeverity.WARNING).setMessage(message).setUrn(urn));
  }

  #log(request: LogRequest): void {
    // Nothing depends on a message's arrival: an engine that is gone is found out elsewhere.
    this.#client?.log(request, () => undefined);
  }
}
