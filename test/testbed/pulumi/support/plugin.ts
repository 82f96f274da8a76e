import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import { installStandIns, type StandIns } from "../../../../testbed/pulumi/install.ts";
import { listen, unary } from "../../../../testbed/pulumi/server.ts";

/** What a plugin told the engine. */
export interface Logged {
  readonly message: string;
  readonly severity: number;
  readonly urn: string;
  readonly ephemeral: boolean;
}

/** A plugin as the engine starts it: from its executable, with an engine that writes down what it is told. */
export class StartedPlugin {
  readonly logged: Logged[] = [];
  readonly folder = mkdtempSync(join(tmpdir(), "stand-in-"));
  /** What the plugin printed on its standard error. */
  stderr = "";
  port = 0;
  #child: ChildProcess | undefined;
  #engine: grpc.Server | undefined;

  static async start(plugin: keyof StandIns, env: NodeJS.ProcessEnv = {}): Promise<StartedPlugin> {
    const started = new StartedPlugin();
    await started.#start(plugin, env);
    return started;
  }

  async #start(plugin: keyof StandIns, env: NodeJS.ProcessEnv): Promise<void> {
    const { server, port: engine } = await listen(EngineService, {
      log: unary((request: LogRequest) => {
        this.logged.push(request.toObject());
        return new Empty();
      }),
    });
    this.#engine = server;
    const folder = await installStandIns(this.folder, { [plugin]: true });
    const executables = {
      language: "pulumi-language-nodejs",
      kubernetes: "pulumi-resource-kubernetes",
      aws: "pulumi-resource-aws",
    };
    const executable = executables[plugin];
    const child = spawn(join(folder, executable), [`127.0.0.1:${engine}`], { env: { ...process.env, ...env } });
    this.#child = child;
    child.stderr.on("data", (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.port = await new Promise<number>((resolve, reject) => {
      child.stdout.once("data", (chunk: Buffer) => {
        resolve(Number(chunk.toString()));
      });
      child.once("exit", () => {
        reject(new Error(`the plugin ended at once: ${this.stderr}`));
      });
    });
  }

  /** The address of the engine's end of the standard input: closed, the plugin takes the engine for gone. */
  loseEngine(): void {
    this.#child?.stdin?.end();
  }

  /** Resolves when the process has ended. */
  async ended(): Promise<void> {
    const child = this.#child;
    if (child?.exitCode === null && child.signalCode === null)
      await new Promise((resolve) => child.once("exit", resolve));
  }

  async stop(): Promise<void> {
    this.#child?.kill();
    await this.ended();
    this.#engine?.forceShutdown();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
