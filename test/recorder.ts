import * as pulumi from "@pulumi/pulumi";
import type * as grpc from "@grpc/grpc-js";
import type * as resproto from "@pulumi/pulumi/proto/resource_pb.js";

/** A resource that a program registered. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Name of the provider that serves it; empty for components, and where nobody chose one. */
  readonly provider: string;
  /** The resources that it waits for, each as `type name`; its parent is not among them. */
  readonly dependsOn: readonly string[];
  /** The component that it is part of, as `type name`; none for the top of the stack. */
  readonly parent: string;
  /** Whether the engine refuses to delete it. */
  readonly protect: boolean;
  /** Inputs whose changes the engine does not look at. */
  readonly ignoreChanges: readonly string[];
  /** The id of what is there already and becomes this resource; empty for what is to be made. */
  readonly importId: string;
  /** URNs or names, each as JSON, under which it was known before. */
  readonly aliases: readonly string[];
  /** What its options, and those of what it is part of, have for it and its own parts. */
  readonly transforms: readonly pulumi.ResourceTransform[];
  /** Names of inputs that hold a secret somewhere. */
  readonly secrets: readonly string[];
  /** Names of inputs that are made of outputs, and so unknown to a first preview. */
  readonly computed: readonly string[];
}

export interface RecordOptions {
  readonly preview?: boolean;
  /** Of the stack, e.g. `{ "mesh:profile": "demo" }`. */
  readonly config?: Readonly<Record<string, string>>;
  readonly secretKeys?: readonly string[];
  /** Outputs of a resource beside its inputs, e.g. of one that the plugin makes of several. */
  readonly outputs?: (resource: { readonly type: string; readonly name: string }) => object;
  /** What is there already, as the program reads it by an id; without a word, nothing is known of it. */
  readonly found?: (read: { readonly type: string; readonly name: string; readonly id: string }) => object;
  /** What a function of a provider answers; one that no test foresaw is an error. */
  readonly calls?: Readonly<Record<string, (inputs: Readonly<Record<string, unknown>>) => object | Promise<object>>>;
}

/** An answer to a call that is none, as the engine hands it to the program. */
export const noAnswer = (details: string) => Promise.reject(Object.assign(new Error(details), { code: 2, details }));

type Register = (
  request: resproto.RegisterResourceRequest,
  callback: grpc.requestCallback<resproto.RegisterResourceResponse>,
) => Promise<void>;

/** Runs a program against mocks and returns what it registered. A type that no test foresaw is an error, not a guess. */
export async function record(
  program: () => unknown,
  known: RegExp,
  {
    preview = false,
    config = {},
    secretKeys = [],
    outputs = () => ({}),
    found = () => ({}),
    calls = {},
  }: RecordOptions = {},
): Promise<Recorded[]> {
  const resources: pulumi.runtime.MockResourceArgs[] = [];
  const registered = new Map<string, Registered>();
  await pulumi.runtime.setMocks(
    {
      async newResource(given) {
        const { type, name, id = "" } = given;
        if (isRead(type) && !registered.has(keyOf(type, name))) return { id, state: found({ type, name, id }) };
        if (!known.test(given.type)) throw new Error(`the test does not know ${given.type}`);
        const resource = await transformed(given, registered);
        resources.push(resource);
        const inputs = named(resource.name, resource.inputs as Recorded["inputs"]);
        return { id: `${resource.name}-id`, state: { ...inputs, ...outputs(resource) } };
      },
      call: ({ token, inputs }) => {
        const answer = calls[token];
        if (!answer) throw new Error(`the test does not know the call ${token}`);
        return answer(inputs as Record<string, unknown>);
      },
    },
    "mesh",
    "test",
    preview,
  );
  pulumi.runtime.setAllConfig({ ...config }, [...secretKeys]);

  // Mocks are not told of dependencies, the monitor behind them is.
  const monitor = pulumi.runtime.getMonitor() as unknown as { registerResource: Register };
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    registered.set(keyOf(request.getType(), request.getName()), {
      dependsOn: request.getDependenciesList().map(ofUrn),
      parent: ofUrn(request.getParent()).trim(),
      protect: request.getProtect() ?? false,
      ignoreChanges: request.getIgnorechangesList(),
      importId: request.getImportid(),
      aliases: request.getAliasesList().map((alias) => JSON.stringify(alias.toObject())),
      transforms: [],
      secrets: secretsIn(request),
      computed: computedIn(request),
    });
    return register(request, callback);
  };

  await program();
  await pulumi.runtime.disconnect(); // returns once every registration is through
  return resources.map(({ type, name, inputs, provider }) => ({
    type,
    name,
    inputs: inputs as Recorded["inputs"],
    provider: provider?.split("::").at(-2) ?? "",
    ...(registered.get(keyOf(type, name)) ?? NOTHING_MORE),
    transforms: inherited(keyOf(type, name), registered),
  }));
}

/** The one resource of that type and name; the type may be its last part only, e.g. `Release`. */
export function the(resources: readonly Recorded[], type: string, name: string): Recorded {
  const found = resources.filter(
    (each) => each.name === name && (each.type === type || each.type.endsWith(`:${type}`)),
  );
  if (found.length !== 1 || found[0] === undefined) throw new Error(`there are ${found.length} ${type} ${name}`);
  return found[0];
}

/**
 * What the provider makes of an object without a name: it gives it one, which begins with the resource's. Of a Release it
 * tells also where it is.
 */
function named(resource: string, inputs: Recorded["inputs"]): Recorded["inputs"] {
  if (inputs.chart !== undefined) return { ...inputs, status: { namespace: inputs.namespace, name: inputs.name } };
  const { metadata } = inputs as { metadata?: { name?: string } };
  return metadata && metadata.name === undefined
    ? { ...inputs, metadata: { ...metadata, name: `${resource}-1a2b3c4` } }
    : inputs;
}

/** A reference to a stack is read as well, and counts among what a program registers. */
const isRead = (type: string) => type !== "pulumi:pulumi:StackReference";

type Registered = Omit<Recorded, "type" | "name" | "inputs" | "provider">;

const NOTHING_MORE: Registered = {
  ...{ dependsOn: [], parent: "", protect: false, ignoreChanges: [], importId: "", aliases: [] },
  ...{ transforms: [], secrets: [], computed: [] },
};

/** As the engine, and no mock, does: what the transforms of a resource, and then of what it is part of, make of its inputs and options. */
async function transformed(
  resource: pulumi.runtime.MockResourceArgs,
  registered: Map<string, Registered>,
): Promise<pulumi.runtime.MockResourceArgs> {
  const { type, name, transforms = [], custom = false } = resource;
  const key = keyOf(type, name);
  const own = registered.get(key) ?? NOTHING_MORE;
  registered.set(key, { ...own, transforms });
  let inputs: unknown = resource.inputs;
  for (const transform of inherited(key, registered)) {
    const before = registered.get(key) ?? NOTHING_MORE;
    const opts = { ignoreChanges: [...before.ignoreChanges], import: before.importId };
    const result = await transform({ custom, type, name, props: inputs as object, opts });
    if (!result) continue;
    inputs = result.props;
    const { ignoreChanges = [], import: importId = "" } = result.opts as pulumi.CustomResourceOptions;
    registered.set(key, { ...before, ignoreChanges, importId });
  }
  return { ...resource, inputs };
}

/** Its own, and then those of what it is part of. */
function inherited(key: string, registered: Map<string, Registered>): readonly pulumi.ResourceTransform[] {
  const found = registered.get(key);
  return found ? [...found.transforms, ...inherited(found.parent, registered)] : [];
}

/** What the SDK marks a secret with, on its way to the engine. */
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

function secretsIn(request: resproto.RegisterResourceRequest): string[] {
  const inputs = request.getObject()?.toJavaScript() ?? {};
  return Object.keys(inputs).filter((key) => JSON.stringify(inputs[key]).includes(SECRET));
}

function computedIn(request: resproto.RegisterResourceRequest): string[] {
  const inputs = request.getPropertydependenciesMap().getEntryList() as readonly (readonly [string, unknown])[];
  return inputs.flatMap(([input]) => {
    const { urnsList } = request.getPropertydependenciesMap().get(input)?.toObject() ?? { urnsList: [] };
    return urnsList.length > 0 ? [input] : [];
  });
}

const keyOf = (type: string, name: string) => `${type} ${name}`;

/** `urn:pulumi:stack::project::parent$type::name` becomes `type name`. */
function ofUrn(urn: string): string {
  const [, , types = "", ...name] = urn.split("::");
  return keyOf(types.split("$").at(-1) ?? "", name.join("::"));
}
