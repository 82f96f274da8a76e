import * as pulumi from "@pulumi/pulumi";
import type * as grpc from "@grpc/grpc-js";
import type * as resproto from "@pulumi/pulumi/proto/resource_pb";

/** A resource that a program registered. */
export interface Recorded extends pulumi.runtime.MockResourceArgs {
  /** Names of the resources that it waits for, as `type name` each; its parent is not among them. */
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
        return { id: `${resource.name}-id`, state: resource.inputs as unknown };
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
  return resources.map((resource) => ({
    ...resource,
    dependsOn: dependencies.get(keyOf(resource.type, resource.name)) ?? [],
  }));
}

const keyOf = (type: string, name: string) => `${type} ${name}`;

/** `urn:pulumi:stack::project::parent$type::name` becomes `type name`. */
function ofUrn(urn: string): string {
  const [, , types = "", ...name] = urn.split("::");
  return keyOf(types.split("$").at(-1) ?? "", name.join("::"));
}
