import { fstatSync } from "node:fs";
import * as grpc from "@grpc/grpc-js";

/** States of a whole stack pass through one message: no limit on its size. */
export const UNLIMITED = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

/** How long calls that run may take to come to an end once the engine is gone, in milliseconds. */
const GRACE = 10_000;

/** Calls that have no answer yet. */
let underWay = 0;

/** Answers one call with what `handle` returns; what it throws goes through `asStatus`. */
export function unary<Request, Response>(
  handle: (request: Request) => Response | Promise<Response>,
  asStatus: (error: unknown, request: Request) => Partial<grpc.StatusObject> = statusOf,
): grpc.handleUnaryCall<Request, Response> {
  return (call, answer) => {
    underWay++;
    Promise.resolve(call.request)
      .then(handle)
      .then(
        (response) => {
          answer(null, response);
        },
        (error: unknown) => {
          answer(asStatus(error, call.request));
        },
      )
      .finally(() => underWay--);
  };
}

/** An error as gRPC carries it. */
export function statusOf(error: unknown): Partial<grpc.StatusObject> {
  return { code: grpc.status.UNKNOWN, details: error instanceof Error ? error.message : String(error) };
}

/** The implementation, with an honest refusal for every call of the service that it lacks. */
export function withRefusals(
  service: grpc.ServiceDefinition,
  implementation: grpc.UntypedServiceImplementation,
  refusal: (method: string) => string,
): grpc.UntypedServiceImplementation {
  const complete = { ...implementation };
  for (const [method, { responseStream }] of Object.entries(service)) {
    const status = { code: grpc.status.UNIMPLEMENTED, details: refusal(method) };
    const refuse: grpc.handleUnaryCall<unknown, unknown> = (_call, answer) => {
      answer(status);
    };
    const refuseStream: grpc.handleServerStreamingCall<unknown, unknown> = (call) => {
      call.emit("error", status);
    };
    complete[method] ??= responseStream ? refuseStream : refuse;
  }
  return complete;
}

/** Starts a service on a free port of the loopback and returns the port. */
export async function listen(
  service: grpc.ServiceDefinition,
  implementation: grpc.UntypedServiceImplementation,
): Promise<{ server: grpc.Server; port: number }> {
  const server = new grpc.Server(UNLIMITED);
  server.addService(service, implementation);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return { server, port };
}

/** Calls `end` at a signal, or when the engine is gone, which the end of the standard input tells. */
export function endWithEngine(end: () => void): void {
  process.once("SIGINT", end).once("SIGTERM", end);
  const input = fstatSync(0);
  if (input.isFIFO() || input.isSocket()) process.stdin.once("end", end).once("close", end).resume();
}

/**
 * Serves a plugin as the engine expects it: the port is the first line of the standard output. It ends with the engine;
 * `stop` is called first, so that work under way ends well.
 */
export async function servePlugin(
  service: grpc.ServiceDefinition,
  implementation: grpc.UntypedServiceImplementation,
  stop: () => void,
): Promise<void> {
  const { port } = await listen(service, implementation);
  endWithEngine(() => {
    stop();
    // Not gRPC's own shutdown: it waits for connections, which the engine may leave half open for longer than it waits for us.
    const deadline = Date.now() + GRACE;
    setInterval(() => {
      if (underWay === 0 || Date.now() > deadline) process.exit();
    }, 10);
  });
  // Whoever read the output may be gone before us: that is no reason to leave work half done.
  for (const output of [process.stdout, process.stderr]) output.on("error", () => undefined);
  process.stdout.write(`${port}\n`);
}
