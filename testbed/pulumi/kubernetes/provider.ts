import type * as grpc from "@grpc/grpc-js";
import { version } from "@pulumi/kubernetes/package.json";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { unary } from "../server";
import { callOf, redactFor, typeOf, type ResourceRequest } from "./call";
import { Api } from "./cluster/api";
import type { EngineLog } from "./engineLog";
import { Objects } from "./objects/objects";
import { Releases } from "./release/release";
import type { Call, Resource, ResourceChange, ResourceDiff } from "./resource";
import { isEqual, topLevel } from "./values/difference";
import { reveal } from "./values/secrets";
import type { Fields } from "./values/value";
import { decode, encode, failure } from "./wire";

/** Not below the SDK's version, or the engine would warn of it at each run. */
const VERSION = `${version}+standin`;
const RELEASE = "kubernetes:helm.sh/v3:Release";
const STAND_IN =
  "the Kubernetes plugin is a stand-in for the real one, which could not be downloaded; testbed/pulumi/README.md says what differs";

const { DiffChanges } = proto.DiffResponse;
const { Kind } = proto.PropertyDiff;

/** The provider service, as far as objects and releases need it. */
export class Provider {
  readonly #log: EngineLog;
  readonly #cancel = new AbortController();
  #objects: Resource | undefined;
  #releases: Resource | undefined;
  #isAnnounced = false;

  constructor(log: EngineLog) {
    this.#log = log;
  }

  /** Ends what is under way as soon as it can end well. */
  stop(): void {
    this.#cancel.abort();
  }

  /** The service's calls; those that are missing are refused. */
  implementation(): grpc.UntypedServiceImplementation {
    return {
      handshake: unary(() =>
        new proto.ProviderHandshakeResponse().setAcceptSecrets(true).setSupportsAutonamingConfiguration(true),
      ),
      getPluginInfo: unary(() => new PluginInfo().setVersion(VERSION)),
      getSchema: unary(() =>
        new proto.GetSchemaResponse().setSchema(JSON.stringify({ name: "kubernetes", version: VERSION })),
      ),
      checkConfig: unary((request: proto.CheckRequest) => new proto.CheckResponse().setInputs(request.getNews())),
      diffConfig: unary(diffConfig),
      configure: unary((request: proto.ConfigureRequest) => this.#configure(reveal(decode(request.getArgs())))),
      check: this.#serve(check),
      diff: this.#serve(diff),
      create: this.#serve(create),
      update: this.#serve(update),
      read: this.#serve(read),
      delete: this.#serve(remove),
      cancel: unary(() => {
        this.stop();
        return new Empty();
      }),
    };
  }

  #configure(args: Fields): proto.ConfigureResponse {
    if (args.renderYamlToDirectory) throw new Error("the stand-in plugin does not render to a directory");
    const isOn = (key: string, variable: string) => String(args[key] ?? process.env[variable]) === "true";
    const settings = {
      enablePatchForce: isOn("enablePatchForce", "PULUMI_K8S_ENABLE_PATCH_FORCE"),
      enableConfigMapMutable: isOn("enableConfigMapMutable", "PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE"),
      enableSecretMutable: isOn("enableSecretMutable", "PULUMI_K8S_ENABLE_SECRET_MUTABLE"),
      upsertExistingObjects: isOn("upsertExistingObjects", "PULUMI_K8S_UPSERT_EXISTING_OBJECTS"),
    };
    const api = new Api(args);
    this.#objects = new Objects(api, settings, this.#cancel.signal);
    this.#releases = new Releases(api, this.#cancel.signal);
    if (!this.#isAnnounced) this.#log.warn(STAND_IN);
    this.#isAnnounced = true;
    return new proto.ConfigureResponse()
      .setAcceptsecrets(true)
      .setSupportspreview(true)
      .setSupportsAutonamingConfiguration(true);
  }

  #serve<Request extends ResourceRequest, Response>(
    act: (resource: Resource, call: Call, request: Request) => Promise<Response>,
  ): grpc.handleUnaryCall<Request, Response> {
    return unary(
      (request) => act(this.#resourceOf(request.getUrn()), callOf(request, this.#log), request),
      (error, request) => failure(error, (message) => redactFor(request, message)),
    );
  }

  #resourceOf(urn: string): Resource {
    const resource = typeOf(urn) === RELEASE ? this.#releases : this.#objects;
    if (!resource) throw new Error("the provider is not configured");
    return resource;
  }
}

function diffConfig(request: proto.DiffRequest): proto.DiffResponse {
  const isSame = isEqual(reveal(decode(request.getOlds())), reveal(decode(request.getNews())));
  return new proto.DiffResponse().setChanges(isSame ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME);
}

async function check(resource: Resource, call: Call, request: proto.CheckRequest): Promise<proto.CheckResponse> {
  const inputs = await resource.check(call, reveal(decode(request.getOlds())), decode(request.getNews()));
  return new proto.CheckResponse().setInputs(encode(inputs));
}

function diff(resource: Resource, call: Call, request: proto.DiffRequest): Promise<proto.DiffResponse> {
  const found = resource.diff(oldInputsOf(request), decode(request.getNews()));
  return Promise.resolve(diffResponse(found, call.type === RELEASE));
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

function diffResponse({ changes, deleteBeforeReplace }: ResourceDiff, isRelease: boolean): proto.DiffResponse {
  const response = new proto.DiffResponse()
    .setChanges(changes.length > 0 ? DiffChanges.DIFF_SOME : DiffChanges.DIFF_NONE)
    .setReplacesList(changes.filter(({ replace }) => replace).map(({ path }) => path))
    .setDeletebeforereplace(deleteBeforeReplace)
    // The real plugin names the properties of releases only, and the paths of objects always.
    .setDiffsList(isRelease ? [...new Set(changes.map(({ path }) => topLevel(path)))] : [])
    .setHasdetaileddiff(!isRelease || changes.length > 0);
  for (const change of changes) {
    response.getDetaileddiffMap().set(change.path, new proto.PropertyDiff().setKind(kindOf(change)));
  }
  return response;
}

function kindOf({ change, replace }: ResourceChange): proto.PropertyDiff.Kind {
  return Kind[replace ? (`${change}_REPLACE` as const) : change];
}
