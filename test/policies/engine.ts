import { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun } from "@pulumi/policy/server.js";
import type { AnalyzerResource } from "@pulumi/pulumi/proto/analyzer_pb.js";
import {
  AnalyzeRequest,
  AnalyzerResourceOptions,
  AnalyzeStackRequest,
  EnforcementLevel,
  type AnalyzeResponse,
} from "@pulumi/pulumi/proto/analyzer_pb.js";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import type { Policy } from "@pulumi/policy";

type Answer = (error: Error | null | undefined, response: AnalyzeResponse) => void;
type Serve<Request> = (call: { request: Request }, answer: Answer) => void;

declare module "@pulumi/policy/server.js" {
  type MakeRpc<Request> = (pack: string, version: string, level: string, policies: readonly Policy[]) => Serve<Request>;
  const makeAnalyzeRpcFun: MakeRpc<AnalyzeRequest>;
  const makeAnalyzeStackRpcFun: MakeRpc<AnalyzeStackRequest>;
}

export interface Resource {
  readonly type: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
}

export interface Diagnostic {
  readonly level: "advisory" | "mandatory";
  readonly message: string;
  readonly urn: string;
}

export const urnOf = ({ type, name }: Resource) => `urn:pulumi:local::mesh::${type}::${name}`;

/** What wraps a secret in the engine's protocol. */
export const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

/** The part of `@pulumi/policy` that answers the engine, with the policies at level mandatory. */
export class Engine {
  readonly #policies: readonly Policy[];

  constructor(...policies: readonly Policy[]) {
    this.#policies = policies;
  }

  /** As before the resource is created. */
  analyze(resource: Resource): Promise<Diagnostic[]> {
    const request = new AnalyzeRequest();
    describe(request, resource);
    return ask(makeAnalyzeRpcFun("mesh", "0.1.0", "mandatory", this.#policies), request);
  }

  /** As after the program. */
  analyzeStack(...resources: readonly Resource[]): Promise<Diagnostic[]> {
    const request = new AnalyzeStackRequest();
    for (const resource of resources) describe(request.addResources(), resource);
    return ask(makeAnalyzeStackRpcFun("mesh", "0.1.0", "mandatory", this.#policies), request);
  }
}

function describe(request: AnalyzeRequest | AnalyzerResource, resource: Resource): void {
  request.setType(resource.type);
  request.setName(resource.name);
  request.setUrn(urnOf(resource));
  request.setOptions(new AnalyzerResourceOptions());
  request.setProperties(Struct.fromJavaScript(resource.props as Record<string, JavaScriptValue>));
}

function ask<Request>(serve: Serve<Request>, request: Request): Promise<Diagnostic[]> {
  return new Promise((resolve, reject) => {
    serve({ request }, (error, response) => {
      if (error) {
        reject(error);
        return;
      }
      resolve(
        response.getDiagnosticsList().map((diagnostic) => ({
          level: diagnostic.getEnforcementlevel() === EnforcementLevel.MANDATORY ? "mandatory" : "advisory",
          message: diagnostic.getMessage(),
          urn: diagnostic.getUrn(),
        })),
      );
    });
  });
}
