import { connect, createServer, type AddressInfo, type Server } from "node:net";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb.js";
import { join } from "../../../lib/publish.ts";
import { UNLIMITED } from "../server.ts";

const asIs = (bytes: Buffer): Buffer => bytes;

/** The analyzer's service with messages left as they came: a proxy need not understand them. */
const RAW_SERVICE: grpc.ServiceDefinition = Object.fromEntries(
  Object.entries(AnalyzerService).map(([method, { path }]) => [
    method,
    {
      path,
      requestStream: false,
      responseStream: false,
      requestSerialize: asIs,
      requestDeserialize: asIs,
      responseSerialize: asIs,
      responseDeserialize: asIs,
    },
  ]),
);

/** How long calls that came before the pack was there may still take, in milliseconds. */
const GRACE = 60_000;

/**
 * Stands between the engine and a policy pack until the pack has started: learns its stack, and holds all other calls back. From then
 * on the engine is asked to connect anew, and talks to the pack itself: there are several calls for each resource.
 */
export class PolicyProxy {
  readonly #stack = deferred<NodeJS.ProcessEnv>();
  readonly #pack = deferred<grpc.Client>();
  readonly #server = new grpc.Server(UNLIMITED);
  /** Connections on which the engine waits for the pack. */
  readonly #waiting: grpc.ConnectionInjector;
  readonly #door: Server;
  #packPort: number | undefined;
  /** What the engine said of the stack, as it said it. */
  #configuration: Buffer | undefined;
  /** What the pack has printed of its first line; undefined once that is read. */
  #firstLine: string | undefined = "";

  private constructor() {
    this.#server.addService(RAW_SERVICE, this.#implementation());
    this.#waiting = this.#server.createConnectionInjector(grpc.ServerCredentials.createInsecure());
    this.#door = createServer((engine) => {
      if (this.#packPort === undefined) this.#waiting.injectConnection(engine);
      else join(engine.setNoDelay(), connect({ port: this.#packPort, host: "127.0.0.1", noDelay: true }));
    });
    this.#pack.promise.catch(() => undefined); // whoever asks the pack something is told
  }

  static async listen(): Promise<PolicyProxy> {
    const proxy = new PolicyProxy();
    await new Promise<void>((resolve, reject) => {
      proxy.#door.once("error", reject).listen(0, "127.0.0.1", resolve);
    });
    return proxy;
  }

  get port(): number {
    return (this.#door.address() as AddressInfo).port;
  }

  /** The stack, in the variables that the SDK reads; empty if the engine asks something without having named one. */
  get stackEnvironment(): Promise<NodeJS.ProcessEnv> {
    return this.#stack.promise;
  }

  /** Takes what the pack prints: first its port, to which calls are passed on from then on; `print` gets the rest. */
  readOutput(chunk: Buffer | string, print: (text: string) => void): void {
    if (this.#firstLine === undefined) {
      print(chunk.toString());
      return;
    }
    this.#firstLine += chunk.toString();
    const [line, ...rest] = this.#firstLine.split("\n");
    if (rest.length === 0) return;
    this.#firstLine = undefined;
    if (rest.join("\n")) print(rest.join("\n"));
    if (/^\d+\s*$/.test(line ?? "")) this.#attach(Number(line));
    else this.#pack.reject(new Error("the policy pack printed something before its port"));
  }

  close(): void {
    this.#pack.reject(new Error("the policy pack has ended; its own message says why"));
    this.#pack.promise.then(
      (pack) => {
        pack.close();
      },
      () => undefined,
    );
    this.#door.close();
    // Calls that wait for the pack still get their answer.
    this.#server.tryShutdown(() => undefined);
  }

  #implementation(): grpc.UntypedServiceImplementation {
    const methods = Object.entries(RAW_SERVICE).map(([method, { path }]) => [method, this.#forward(path)] as const);
    return {
      ...Object.fromEntries(methods),
      handshake: answerWith(() => new proto.AnalyzerHandshakeResponse()),
      configureStack: answerWith((request) => {
        this.#configuration = request;
        this.#stack.resolve(environmentOf(proto.AnalyzerStackConfigureRequest.deserializeBinary(request)));
        return new proto.AnalyzerStackConfigureResponse();
      }),
    };
  }

  #forward(path: string): grpc.handleUnaryCall<Buffer, Buffer> {
    return ({ request, metadata }, answer) => {
      this.#stack.resolve({});
      this.#pack.promise.then(
        (pack) => pack.makeUnaryRequest(path, asIs, asIs, request, metadata, answer),
        (error: unknown) => {
          answer({ code: grpc.status.UNAVAILABLE, details: (error as Error).message });
        },
      );
    };
  }

  #attach(port: number): void {
    const pack = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), UNLIMITED);
    const attached = () => {
      this.#pack.resolve(pack);
      this.#packPort = port;
      this.#waiting.drain(GRACE);
    };
    if (!this.#configuration) {
      attached();
      return;
    }
    const { path } = AnalyzerService.configureStack;
    pack.makeUnaryRequest(path, asIs, asIs, this.#configuration, (error) => {
      // A pack of an SDK that knows no such call has read the environment.
      if (!error || error.code === grpc.status.UNIMPLEMENTED) attached();
      else this.#pack.reject(error);
    });
  }
}

function answerWith(
  respond: (request: Buffer) => { serializeBinary(): Uint8Array },
): grpc.handleUnaryCall<Buffer, Buffer> {
  return (call, answer) => {
    answer(null, Buffer.from(respond(call.request).serializeBinary()));
  };
}

function environmentOf(stack: proto.AnalyzerStackConfigureRequest): NodeJS.ProcessEnv {
  return {
    PULUMI_NODEJS_ORGANIZATION: stack.getOrganization(),
    PULUMI_NODEJS_PROJECT: stack.getProject(),
    PULUMI_NODEJS_STACK: stack.getStack(),
    PULUMI_NODEJS_DRY_RUN: String(stack.getDryRun()),
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(stack.getConfigMap().getEntryList())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(stack.getConfigSecretKeysList()),
  };
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

function deferred<T>(): Deferred<T> {
  const parts: Partial<Deferred<T>> = {};
  const promise = new Promise<T>((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return { ...parts, promise } as Deferred<T>;
}
