// make explain: why a request goes where it goes, by what the stack declares. REQUEST and FROM say which; FILES=… reads manifests
// instead, ARGS=--planned what `make up` would make of the stack, and ARGS=--live asks the client's proxy as well.
import { readFileSync, statSync } from "node:fs";
import { relative } from "node:path";
import { parseArgs } from "node:util";
import { CoreV1Api } from "@kubernetes/client-node";
import { command } from "./command.ts";
import { nameOf, stepsIn } from "./preview/events.ts";
import { stackPreview } from "./preview/stackPreview.ts";
import { checkout } from "./stack/checkout.ts";
import { openedStack } from "./stack/stack.ts";
import { stateOf } from "./stack/state.ts";
import { stackConfig, stackFilePath } from "./stack/stackFile.ts";
import { existingStack } from "./stack/stackName.ts";
import { kubeConfigOf } from "./stack/target.ts";
import { simulate } from "../istio/routing/simulate.ts";
import type { Request } from "../istio/routing/request.ts";
import type { World } from "../istio/routing/world.ts";
import { readDocuments, type YamlDocument } from "../policies/cli/documents.ts";
import { manifestsIn } from "../policies/cli/folders.ts";
import { manifestsOf } from "../policies/cli/manifests.ts";
import { placeOf } from "../policies/cli/places.ts";
import { Mesh } from "../policies/model/mesh.ts";
import { readWorld } from "../policies/model/world.ts";
import { askedFor } from "../report/askedFor.ts";
import { explanation, type PlaceOf } from "../report/explanation.ts";
import { liveDifferences } from "../report/live.ts";
import { worldOf, type Resource } from "../report/objects.ts";
import { placesInStackFile } from "../report/stackPlaces.ts";
import { readyPods } from "../verify/mesh.ts";
import { execIn } from "../verify/proxy.ts";

interface Declared {
  readonly world: World;
  readonly placeOf: PlaceOf;
}

command(async () => {
  const { values } = parseArgs({
    options: { planned: { type: "boolean", default: false }, live: { type: "boolean", default: false } },
  });
  const { REQUEST = "", FROM = "", FILES = "", STACK = "local", CONTEXT = "" } = process.env;
  if (REQUEST === "" || FROM === "") {
    throw new Error(
      `usage: make explain REQUEST="GET http://reviews:9080/reviews/1 -H 'end-user: jason'" FROM=productpage`,
    );
  }
  const { world, placeOf } =
    FILES.trim() === ""
      ? await inStack(existingStack(STACK), CONTEXT, values.planned)
      : inFiles(FILES.trim().split(/\s+/));
  const request = askedFor(world, REQUEST, FROM);
  const outcome = simulate(world, request);
  console.log(explanation(request, outcome, placeOf));
  if (!values.live) return;
  if (FILES.trim() !== "") throw new Error("--live asks the proxy of a pod: leave FILES out");
  const differences = liveDifferences(await configDump(existingStack(STACK), request.from), request, outcome);
  console.log(["", ...(differences.length === 0 ? ["The proxy of the client has the same."] : differences)].join("\n"));
  if (differences.length > 0) throw new Error("the proxy of the client has something else: see above");
});

/** What the proxy of one of the client's pods has. */
async function configDump(name: string, from: Request["from"]): Promise<unknown> {
  const { target } = await openedStack(name);
  const config = kubeConfigOf(target);
  const { namespace, labels, name: client } = "pod" in from ? from.pod : from.gateway;
  const [pod] = await readyPods(config.makeApiClient(CoreV1Api), namespace, labels);
  if (pod === undefined) throw new Error(`no pod of ${client} is ready in ${namespace}`);
  const command = ["pilot-agent", "request", "GET", "config_dump?resource=dynamic_route_configs"];
  const { stdout, stderr, failed } = await execIn(config, pod, "istio-proxy", command);
  if (failed) throw new Error(`the proxy of ${client} cannot be asked: ${stderr.trim()}`);
  return { configs: [{ dynamic_route_configs: (JSON.parse(stdout) as { configs?: unknown }).configs }] };
}

async function inStack(name: string, context: string, isPlanned: boolean): Promise<Declared> {
  const resources = isPlanned ? await planned(name, context) : await declared(name);
  const file = stackFilePath(name);
  const { config } = stackConfig(name);
  const text = readFileSync(file, "utf8");
  return {
    world: worldOf(resources),
    placeOf: placesInStackFile(resources, { name: relative(checkout, file), text, config }),
  };
}

async function planned(name: string, context: string): Promise<Resource[]> {
  const { events, failure } = await stackPreview(name, context);
  if (failure !== undefined) throw failure;
  return stepsIn(events).map((step) => ({ ...step, inputs: step.after }));
}

async function declared(name: string): Promise<Resource[]> {
  const { env } = await openedStack(name);
  const { deployment } = (await stateOf(name, env)) ?? {};
  return (deployment?.resources ?? [])
    .filter((resource) => resource.delete !== true)
    .map((resource) => ({ ...resource, name: nameOf(resource.urn), inputs: resource.inputs }));
}

/** Manifests, in which the whole mesh is. */
function inFiles(paths: readonly string[]): Declared {
  const files = paths.flatMap((path) =>
    statSync(path).isDirectory() ? manifestsIn(path).map(({ file }) => file) : [path],
  );
  const documents = files.flatMap((file) => readDocuments(file, readFileSync(file, "utf8")));
  const { objects, sources } = manifestsOf(documents.filter((one): one is YamlDocument => "text" in one));
  const placeIn: PlaceOf = ({ kind, namespace, name }, path = "") => {
    const object = objects.find((one) => one.kind === kind && one.namespace === namespace && one.id === name);
    const source = object && sources.get(object.urn);
    if (source === undefined) return undefined;
    const { line } = placeOf(source.document, [source.path, path].filter((part) => part !== "").join("."));
    return `${source.document.file}:${line}`;
  };
  return { world: readWorld(new Mesh(objects)), placeOf: placeIn };
}
