import * as pulumi from "@pulumi/pulumi";
import type * as grpc from "@grpc/grpc-js";
import type * as resproto from "@pulumi/pulumi/proto/resource_pb";

/** A resource that a program registered. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Name of the provider that serves it; empty for components, and where nobody chose one. */
  readonly provider: string;
  /** The resources that it waits for, each as `type name`; its parent is not among them. */
  readonly dependsOn: readonly string[];
}

export interface RecordOptions {
  readonly preview?: boolean;
  /** Of the stack, e.g. `{ "mesh:profile": "demo" }`. */
  readonly config?: Readonly<Record<string, string>>;
  readonly secretKeys?: readonly string[];
}

type Register = (
  request: resproto.RegisterResourceRequest,
  callback: grpc.requestCallback<resproto.RegisterResourceResponse>,
) => Promise<void>;

/** Runs a program against mocks and returns what it registered. A type that no test foresaw is an error, not a guess. */
export async function record(
  program: () => unknown,
  known: RegExp,
  { preview = false, config = {}, secretKeys = [] }: RecordOptions = {},
): Promise<Recorded[]> {
  const resources: pulumi.runtime.MockResourceArgs[] = [];
  const dependencies = new Map<string, string[]>();
  await pulumi.runtime.setMocks(
    {
      newResource(resource) {
        if (!known.test(resource.type)) throw new Error(`the test does not know ${resource.type}`);
        resources.push(resource);
        return { id: `${resource.name}-id`, state: named(resource.name, resource.inputs as Recorded["inputs"]) };
      },
      call: ({ token }) => {
        throw new Error(`the test does not know the call ${token}`);
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
    dependencies.set(keyOf(request.getType(), request.getName()), request.getDependenciesList().map(ofUrn));
    return register(request, callback);
  };

  await program();
  await pulumi.runtime.disconnect(); // returns once every registration is through
  return resources.map(({ type, name, inputs, provider }) => ({
    type,
    name,
    inputs: inputs as Recorded["inputs"],
    provider: provider?.split("::").at(-2) ?? "",
    dependsOn: dependencies.get(keyOf(type, name)) ?? [],
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

/** What the provider makes of an object without a name: it gives it one, which begins with the resource's. */
function named(resource: string, inputs: Recorded["inputs"]): Recorded["inputs"] {
  const { metadata } = inputs as { metadata?: { name?: string } };
  return metadata && metadata.name === undefined
    ? { ...inputs, metadata: { ...metadata, name: `${resource}-1a2b3c4` } }
    : inputs;
}

const keyOf = (type: string, name: string) => `${type} ${name}`;

/** `urn:pulumi:stack::project::parent$type::name` becomes `type name`. */
function ofUrn(urn: string): string {
  const [, , types = "", ...name] = urn.split("::");
  return keyOf(types.split("$").at(-1) ?? "", name.join("::"));
}
