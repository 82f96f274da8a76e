import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import {
  AnalyzeRequest,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
  EnforcementLevel,
  PolicyConfig,
  type AnalyzeResponse,
  type AnalyzerInfo,
  type RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb.js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";

export const LEVELS = {
  advisory: EnforcementLevel.ADVISORY,
  mandatory: EnforcementLevel.MANDATORY,
  remediate: EnforcementLevel.REMEDIATE,
  disabled: EnforcementLevel.DISABLED,
} as const;
export type Level = keyof typeof LEVELS;

/** A resource as the engine shows it to the pack. */
export interface Shown {
  readonly type: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  /** Of the component that it is part of. */
  readonly parent?: string;
}

export interface Said {
  readonly rule: string;
  readonly level: Level | undefined;
  readonly message: string;
}

/** What an environment sets, as in policies/config. */
export type Configuration = Readonly<
  Record<string, Level | ({ readonly enforcementLevel: Level } & Record<string, unknown>)>
>;

export function configurationOf(stack: string): Configuration {
  const file = path.join(import.meta.dirname, "../../policies/config", `${stack}.json`);
  return JSON.parse(readFileSync(file, "utf8")) as Configuration;
}

export const urnOf = ({ type, name }: Shown) => `urn:pulumi:test::mesh::${type}::${name}`;

/** The whole pack in a process of its own, as the engine starts it and talks to it. */
export class PackServer {
  readonly #client: AnalyzerClient;
  readonly #stop: () => void;

  private constructor(client: AnalyzerClient, stop: () => void) {
    this.#client = client;
    this.#stop = stop;
  }

  static async start(): Promise<PackServer> {
    const child = spawn(process.execPath, ["load.cjs"], {
      cwd: path.join(import.meta.dirname, "../../policies"),
      stdio: ["ignore", "pipe", "inherit"],
    });
    const port = await new Promise<string>((resolve, reject) => {
      createInterface(child.stdout).once("line", resolve);
      child.once("exit", (code) => {
        reject(new Error(`the pack has ended with ${code ?? "a signal"}`));
      });
    });
    const client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
    return new PackServer(client, () => {
      client.close();
      child.kill();
    });
  }

  stop(): void {
    this.#stop();
  }

  info(): Promise<AnalyzerInfo> {
    return answered((done) => this.#client.getAnalyzerInfo(new Empty(), done));
  }

  /** Without a level, a rule keeps the one that it brings along. */
  async configure(configuration: Configuration): Promise<void> {
    const request = new ConfigureAnalyzerRequest();
    for (const policy of (await this.info()).getPoliciesList()) {
      const entry = configuration[policy.getName()];
      const { enforcementLevel, ...settings } = typeof entry === "object" ? entry : { enforcementLevel: entry };
      const config = new PolicyConfig();
      config.setEnforcementlevel(
        enforcementLevel === undefined ? policy.getEnforcementlevel() : LEVELS[enforcementLevel],
      );
      config.setProperties(struct(settings));
      request.getPolicyconfigMap().set(policy.getName(), config);
    }
    await answered<unknown>((done) => this.#client.configure(request, done));
  }

  async analyze(resource: Shown): Promise<Said[]> {
    const request = described(new AnalyzeRequest(), resource);
    return said(await answered<AnalyzeResponse>((done) => this.#client.analyze(request, done)));
  }

  async analyzeStack(...resources: readonly Shown[]): Promise<Said[]> {
    const request = new AnalyzeStackRequest();
    for (const resource of resources) described(request.addResources(new AnalyzerResource()), resource);
    return said(await answered<AnalyzeResponse>((done) => this.#client.analyzeStack(request, done)));
  }

  /** The properties that each rule puts in place of those that there are. */
  async remediate(
    resource: Shown,
  ): Promise<{ readonly rule: string; readonly props: unknown; readonly diagnostic: string }[]> {
    const request = described(new AnalyzeRequest(), resource);
    const response = await answered<RemediateResponse>((done) => this.#client.remediate(request, done));
    return response.getRemediationsList().map((remediation) => ({
      rule: remediation.getPolicyname(),
      props: remediation.getProperties()?.toJavaScript(),
      diagnostic: remediation.getDiagnostic(),
    }));
  }
}

function described<Request extends AnalyzeRequest | AnalyzerResource>(request: Request, resource: Shown): Request {
  request.setType(resource.type);
  request.setName(resource.name);
  request.setUrn(urnOf(resource));
  const options = new AnalyzerResourceOptions();
  if (resource.parent !== undefined) options.setParent(resource.parent);
  if (resource.parent !== undefined && request instanceof AnalyzerResource) request.setParent(resource.parent);
  request.setOptions(options);
  request.setProperties(struct(resource.props));
  return request;
}

const struct = (value: unknown) => Struct.fromJavaScript(value as Record<string, JavaScriptValue>);

function said(response: AnalyzeResponse): Said[] {
  return response.getDiagnosticsList().map((diagnostic) => ({
    rule: diagnostic.getPolicyname(),
    level: (Object.keys(LEVELS) as Level[]).find((level) => LEVELS[level] === diagnostic.getEnforcementlevel()),
    message: diagnostic.getMessage(),
  }));
}

function answered<Response>(
  ask: (done: (error: ServiceError | null, response: Response) => void) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    ask((error, response) => {
      if (error) reject(error);
      else resolve(response);
    });
  });
}
