import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import * as proto from "@pulumi/pulumi/proto/provider_pb.js";
import { Status } from "@pulumi/pulumi/proto/status_pb.js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import { decode, encode } from "../../../../testbed/pulumi/provider/wire.ts";
import type { Fields } from "../../../../testbed/pulumi/provider/values/value.ts";
import { StartedPlugin } from "./plugin.ts";

/** Arguments of the calls, as the recordings have them. */
export interface CallArgs {
  readonly urn: string;
  readonly id?: string;
  readonly preview?: boolean;
  readonly timeout?: number;
  readonly properties?: Fields;
  readonly inputs?: Fields;
  readonly olds?: Fields;
  readonly oldInputs?: Fields;
  readonly news?: Fields;
  readonly ignoreChanges?: string[];
}

/** A refusal, with the state that came along if the resource exists. */
export class CallFailed extends Error {
  readonly id: string | undefined;
  readonly properties: Fields | undefined;
  readonly inputs: Fields | undefined;
  readonly reasons: readonly string[];

  constructor(error: grpc.ServiceError) {
    super(error.details);
    const [packed] = error.metadata.get("grpc-status-details-bin");
    const details = packed === undefined ? [] : Status.deserializeBinary(packed as Buffer).getDetailsList();
    const failed = details[0] && proto.ErrorResourceInitFailed.deserializeBinary(details[0].getValue_asU8());
    this.id = failed?.getId();
    this.properties = failed && decode(failed.getProperties());
    this.inputs = failed?.hasInputs() ? decode(failed.getInputs()) : undefined;
    this.reasons = failed?.getReasonsList() ?? [];
  }
}

/** The Kubernetes stand-in, spoken to as the engine does. */
export class ProviderUnderTest {
  readonly plugin: StartedPlugin;
  readonly #client: ResourceProviderClient;

  private constructor(plugin: StartedPlugin) {
    this.plugin = plugin;
    this.#client = new ResourceProviderClient(`127.0.0.1:${plugin.port}`, grpc.credentials.createInsecure());
  }

  static async start(env: NodeJS.ProcessEnv = {}): Promise<ProviderUnderTest> {
    return new ProviderUnderTest(await StartedPlugin.start("kubernetes", env));
  }

  async stop(): Promise<void> {
    this.#client.close();
    await this.plugin.stop();
  }

  configure(args: Fields): Promise<proto.ConfigureResponse> {
    return this.#ask("configure", new proto.ConfigureRequest().setArgs(encode(args)));
  }

  async check({ urn, olds = {}, news = {} }: CallArgs): Promise<Fields> {
    const request = new proto.CheckRequest().setUrn(urn).setOlds(encode(olds)).setNews(encode(news));
    const response = await this.#ask<proto.CheckResponse>("check", request.setRandomseed(Buffer.from("seed")));
    return decode(response.getInputs());
  }

  diff({ urn, id = "", olds = {}, oldInputs, news = {}, ignoreChanges = [] }: CallArgs): Promise<proto.DiffResponse> {
    const request = new proto.DiffRequest().setUrn(urn).setId(id).setOlds(encode(olds)).setNews(encode(news));
    return this.#ask("diff", request.setOldInputs(oldInputs && encode(oldInputs)).setIgnorechangesList(ignoreChanges));
  }

  async create({
    urn,
    properties = {},
    preview = false,
    timeout = 0,
  }: CallArgs): Promise<{ id: string; properties: Fields }> {
    const request = new proto.CreateRequest().setUrn(urn).setProperties(encode(properties));
    const response = await this.#ask<proto.CreateResponse>("create", request.setPreview(preview).setTimeout(timeout));
    return { id: response.getId(), properties: decode(response.getProperties()) };
  }

  async update(args: CallArgs): Promise<Fields> {
    const { urn, id = "", olds = {}, oldInputs, news = {}, preview = false, timeout = 0, ignoreChanges = [] } = args;
    const request = new proto.UpdateRequest().setUrn(urn).setId(id).setOlds(encode(olds)).setNews(encode(news));
    request
      .setOldInputs(oldInputs && encode(oldInputs))
      .setPreview(preview)
      .setTimeout(timeout);
    const response = await this.#ask<proto.UpdateResponse>("update", request.setIgnorechangesList(ignoreChanges));
    return decode(response.getProperties());
  }

  async read({
    urn,
    id = "",
    properties = {},
    inputs = {},
  }: CallArgs): Promise<{ id: string; properties: Fields; inputs: Fields }> {
    const request = new proto.ReadRequest()
      .setUrn(urn)
      .setId(id)
      .setProperties(encode(properties))
      .setInputs(encode(inputs));
    const response = await this.#ask<proto.ReadResponse>("read", request);
    return { id: response.getId(), properties: decode(response.getProperties()), inputs: decode(response.getInputs()) };
  }

  async delete({ urn, id = "", properties = {}, timeout = 0 }: CallArgs): Promise<void> {
    const request = new proto.DeleteRequest().setUrn(urn).setId(id).setProperties(encode(properties));
    await this.#ask("delete", request.setTimeout(timeout));
  }

  async cancel(): Promise<void> {
    await this.#ask("cancel", new Empty());
  }

  invoke(): Promise<proto.InvokeResponse> {
    return this.#ask("invoke", new proto.InvokeRequest().setTok("kubernetes:helm:template"));
  }

  async #ask<Response>(method: string, request: unknown): Promise<Response> {
    const client = this.#client as unknown as Record<string, (request: unknown, answer: Answer<Response>) => void>;
    try {
      return await new Promise((resolve, reject) => {
        client[method]?.(request, (error, response) => {
          if (error) reject(error);
          else resolve(response);
        });
      });
    } catch (error) {
      throw new CallFailed(error as grpc.ServiceError);
    }
  }
}

type Answer<Response> = (error: Error | null, response: Response) => void;
