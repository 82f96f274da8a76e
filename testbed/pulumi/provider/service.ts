import type * as grpc from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb.js";
import * as proto from "@pulumi/pulumi/proto/provider_pb.js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import { statusOf, unary } from "../server.ts";
import { callOf, redactFor, typeOf, type ResourceRequest } from "./call.ts";
import type { EngineLog } from "./engineLog.ts";
import { CheckFailed, type Call, type Resource, type ResourceChange, type ResourceDiff } from "./resource.ts";
import { isEqual, topLevel } from "./values/difference.ts";
import { reveal } from "./values/secrets.ts";
import type { Fields } from "./values/value.ts";
import { decode, encode, failure } from "./wire.ts";

/** What one of the stand-ins for resource plugins is made of. */
export interface Plugin {
  /** The package, e.g. `kubernetes`. */
  readonly name: string;
  /** The SDK's version: the engine would warn of a plugin below it. */
  readonly sdkVersion: string;
  /** What the user is told once in each run. */
  readonly announcement: string;
  /** @throws Error if the provider's arguments are of no use */
  configure(args: Fields): void;
  /** @throws Error if the plugin has no such type, or is not configured */
  resourceOf(type: string): Resource;
  /** Answers a function of the package; plugins without it refuse. */
  invoke?(token: string, args: Fields): Promise<Fields>;
  /** Ends what is under way as soon as it can end well. */
  stop(): void;
}

const { DiffChanges } = proto.DiffResponse;
const { Kind } = proto.PropertyDiff;

/** The provider service over a plugin; the calls that are missing are refused. */
export function providerService(plugin: Plugin, log: EngineLog): grpc.UntypedServiceImplementation {
  const version = `${plugin.sdkVersion}+standin`;
  let isAnnounced = false;
  const configure = (request: proto.ConfigureRequest) => {
    plugin.configure(reveal(decode(request.getArgs())));
    if (!isAnnounced) log.warn(plugin.announcement);
    isAnnounced = true;
    return new proto.ConfigureResponse()
      .setAcceptsecrets(true)
      .setSupportspreview(true)
      .setSupportsAutonamingConfiguration(true);
  };
  const serve = <Request extends ResourceRequest, Response>(
    act: (resource: Resource, call: Call, request: Request) => Promise<Response>,
  ): grpc.handleUnaryCall<Request, Response> =>
    unary(
      (request) => act(plugin.resourceOf(typeOf(request.getUrn())), callOf(request, log), request),
      (error, request) => failure(error, (message) => redactFor(request, message)),
    );
  const invoke = async (request: proto.InvokeRequest) => {
    const result = await plugin.invoke?.(request.getTok(), reveal(decode(request.getArgs())));
    return new proto.InvokeResponse().setReturn(encode(result ?? {}));
  };
  return {
    handshake: unary(() =>
      new proto.ProviderHandshakeResponse().setAcceptSecrets(true).setSupportsAutonamingConfiguration(true),
    ),
    getPluginInfo: unary(() => new PluginInfo().setVersion(version)),
    getSchema: unary(() => new proto.GetSchemaResponse().setSchema(JSON.stringify({ name: plugin.name, version }))),
    checkConfig: unary((request: proto.CheckRequest) => new proto.CheckResponse().setInputs(request.getNews())),
    diffConfig: unary(diffConfig),
    configure: unary(configure),
    check: serve(check),
    diff: serve(diff),
    create: serve(create),
    update: serve(update),
    read: serve(read),
    delete: serve(remove),
    ...(plugin.invoke && { invoke: unary(invoke, statusOf) }),
    cancel: unary(() => {
      plugin.stop();
      return new Empty();
    }),
  };
}

function diffConfig(request: proto.DiffRequest): proto.DiffResponse {
  const isSame = isEqual(reveal(decode(request.getOlds())), reveal(decode(request.getNews())));
  return new proto.DiffResponse().setChanges(isSame ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME);
}

async function check(resource: Resource, call: Call, request: proto.CheckRequest): Promise<proto.CheckResponse> {
  try {
    const inputs = await resource.check(call, reveal(decode(request.getOlds())), decode(request.getNews()));
    return new proto.CheckResponse().setInputs(encode(inputs));
  } catch (error) {
    if (!(error instanceof CheckFailed)) throw error;
    const failures = error.failures.map(({ property, reason }) =>
      new proto.CheckFailure().setProperty(property).setReason(redactFor(request, reason)),
    );
    return new proto.CheckResponse().setInputs(request.getNews()).setFailuresList(failures);
  }
}

function diff(resource: Resource, _call: Call, request: proto.DiffRequest): Promise<proto.DiffResponse> {
  return Promise.resolve(diffResponse(resource.diff(oldInputsOf(request), decode(request.getNews()))));
}

async function create(resource: Resource, call: Call, request: proto.CreateRequest): Promise<proto.CreateResponse> {
  const { id, properties } = await resource.create(call, decode(request.getProperties()));
  return new proto.CreateResponse().setId(id).setProperties(encode(properties));
}

async function update(resource: Resource, call: Call, request: proto.UpdateRequest): Promise<proto.UpdateResponse> {
  const olds = reveal(decode(request.getOlds()));
  const { properties } = await resource.update(call, olds, oldInputsOf(request), decode(request.getNews()));
  return new proto.UpdateResponse().setProperties(encode(properties));
}

async function read(resource: Resource, call: Call, request: proto.ReadRequest): Promise<proto.ReadResponse> {
  const properties = reveal(decode(request.getProperties()));
  const given = decode(request.getInputs());
  const inputs = Object.keys(given).length > 0 ? given : (properties.__inputs ?? {});
  const state = await resource.read(call, properties, inputs);
  if (!state) return new proto.ReadResponse();
  const response = new proto.ReadResponse().setId(state.id).setProperties(encode(state.properties));
  return response.setInputs(encode(state.inputs ?? {}));
}

async function remove(resource: Resource, call: Call, request: proto.DeleteRequest): Promise<Empty> {
  await resource.delete(call, reveal(decode(request.getProperties())));
  return new Empty();
}

/** The inputs of the last time: as the engine sends them, or as we kept them among the outputs. */
function oldInputsOf(request: proto.DiffRequest | proto.UpdateRequest): Fields {
  return request.hasOldInputs() ? decode(request.getOldInputs()) : reveal(decode(request.getOlds()).__inputs ?? {});
}

function diffResponse({ changes, deleteBeforeReplace, namesProperties }: ResourceDiff): proto.DiffResponse {
  const response = new proto.DiffResponse()
    .setChanges(changes.length > 0 ? DiffChanges.DIFF_SOME : DiffChanges.DIFF_NONE)
    .setReplacesList(changes.filter(({ replace }) => replace).map(({ path }) => path))
    .setDeletebeforereplace(deleteBeforeReplace)
    .setDiffsList(namesProperties ? [...new Set(changes.map(({ path }) => topLevel(path)))] : [])
    .setHasdetaileddiff(!namesProperties || changes.length > 0);
  for (const change of changes) {
    response.getDetaileddiffMap().set(change.path, new proto.PropertyDiff().setKind(kindOf(change)));
  }
  return response;
}

function kindOf({ change, replace }: ResourceChange): proto.PropertyDiff.Kind {
  return Kind[replace ? (`${change}_REPLACE` as const) : change];
}
