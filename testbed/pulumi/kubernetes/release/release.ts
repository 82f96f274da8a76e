import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import type { Api } from "../cluster/api.ts";
import { InitFailed, type Call, type Resource, type ResourceDiff, type State } from "../../provider/resource.ts";
import { differences } from "../../provider/values/difference.ts";
import { conceal, concealLike, containsUnknown, isAsset, reveal, UNKNOWN } from "../../provider/values/secrets.ts";
import type { Fields, Value } from "../../provider/values/value.ts";
import { RANDOM_DIGITS } from "../objects/objects.ts";
import { CHART_FLAGS, DEFAULTS, flagsOf, INSTALL_FLAGS, UPGRADE_FLAGS } from "./arguments.ts";
import { Helm } from "./helm.ts";
import { readStored, resourceNames, type StoredRelease } from "./stored.ts";
import { showProgress, troublesOf } from "./workloads.ts";

/** `kubernetes:helm.sh/v3:Release`, by way of the helm program. */
export class Releases implements Resource {
  readonly #api: Api;
  readonly #helm: Helm;
  readonly #cancel: AbortSignal;

  constructor(api: Api, cancel: AbortSignal) {
    this.#api = api;
    this.#helm = new Helm(api.connection, cancel);
    this.#cancel = cancel;
  }

  async check(call: Call, olds: Fields, news: Fields): Promise<Fields> {
    const inputs: Fields = { ...DEFAULTS, ...news };
    // What the SDK's classes add, and what only outputs may hold.
    delete inputs.compat;
    delete inputs.resourceNames;
    inputs.name ??= olds.name ?? call.autoname(RANDOM_DIGITS);
    inputs.namespace ??= this.#api.connection.namespace;
    const { chart, version, repositoryOpts } = reveal(inputs);
    if (!containsUnknown([chart, version, repositoryOpts])) inputs.version = await this.#versionOf(reveal(inputs));
    return inputs;
  }

  diff(oldInputs: Fields, news: Fields): ResourceDiff {
    const found = differences(reveal(oldInputs), reveal(news));
    const changes = found.map((difference) => ({
      ...difference,
      replace: ["name", "namespace"].includes(difference.path),
    }));
    return { changes, deleteBeforeReplace: false, namesProperties: true };
  }

  async create(call: Call, inputs: Fields): Promise<State> {
    if (call.preview) return { id: "", properties: outputsOf(inputs, UNKNOWN, UNKNOWN) };
    const { name, namespace } = reveal(inputs);
    const before = await readStored(this.#api, namespace, name);
    // What an interrupted run has left failed is mended; a release that works is somebody else's.
    const isLeftover = before?.status.status === "failed";
    const command = isLeftover ? ["upgrade", "--install", name] : ["install", name];
    const flags = flagsOf(reveal(inputs), isLeftover ? UPGRADE_FLAGS : INSTALL_FLAGS);
    return this.#make(call, `${namespace}/${name}`, inputs, before, command, flags);
  }

  async update(call: Call, _olds: Fields, _oldInputs: Fields, news: Fields): Promise<State> {
    if (call.preview) return { id: call.id, properties: outputsOf(news, UNKNOWN, UNKNOWN) };
    const { name, namespace } = reveal(news);
    const before = await readStored(this.#api, namespace, name);
    return this.#make(
      call,
      call.id,
      news,
      before,
      ["upgrade", "--install", name],
      flagsOf(reveal(news), UPGRADE_FLAGS),
    );
  }

  async read(call: Call, _properties: Fields, inputs: Fields): Promise<State | undefined> {
    const [name = "", namespace = this.#api.connection.namespace] = call.id.split("/").reverse();
    const live = await readStored(this.#api, namespace, name);
    if (!live) return undefined;
    const isImport = Object.keys(inputs).length === 0;
    const known = isImport ? { ...DEFAULTS, name, namespace, chart: live.status.chart } : inputs;
    const now = concealLike({ ...reveal(known), values: live.values, version: live.status.version }, known);
    // Helm keeps the program's files and its values as one: they cannot be told apart again.
    if (isAsset(reveal(known).valueYamlFiles?.[0])) now.values = known.values;
    return { id: call.id, inputs: now, properties: outputsOf(now, live.status, await resourceNames(this.#api, live)) };
  }

  async delete(call: Call, properties: Fields): Promise<void> {
    const { name, namespace, timeout, disableWebhooks } = reveal(properties);
    const limit = `${call.timeout || (timeout ?? DEFAULTS.timeout)}s`;
    const flags = ["--wait", "--ignore-not-found", "--timeout", limit, ...(disableWebhooks ? ["--no-hooks"] : [])];
    const said = await this.#helm.run(["uninstall", name, "--namespace", namespace, ...flags]);
    const kept = /These resources were kept[\s\S]*?(?=\n*release )/.exec(said);
    if (kept) call.warn(`Helm uninstall returned information: ${JSON.stringify(`${kept[0]}\n`)}`);
  }

  /** Runs helm and reads what came of it. */
  async #make(
    call: Call,
    id: string,
    inputs: Fields,
    before: StoredRelease | undefined,
    command: readonly string[],
    flags: readonly string[],
  ): Promise<State> {
    const args = reveal(inputs);
    const { name, namespace } = args;
    const wait = args.skipAwait && !args.atomic ? [] : ["--wait"];
    const limit = ["--timeout", `${call.timeout || args.timeout}s`];
    const done = new AbortController();
    const progress = showProgress(
      this.#api,
      namespace,
      name,
      (line) => {
        call.progress(line);
      },
      done.signal,
    );
    const running = this.#helm.runWithChart(
      command,
      args,
      ["--namespace", namespace, ...limit, ...wait, ...flags],
      true,
    );
    const failure = await running.then(
      () => undefined,
      (error: unknown) => error as Error,
    );
    done.abort();
    await progress;
    call.progress("");
    const live = await readStored(this.#api, namespace, name);
    const isMade = live && live.status.revision > (before?.status.revision ?? 0);
    // Refused before anything was done, or rolled back: the release is as it was.
    if (failure && (!isMade || args.atomic)) throw failure;
    if (!live) throw new Error(`helm ${command[0]} succeeded, but there is no release "${name}" in "${namespace}"`);
    const state = { id, inputs, properties: outputsOf(inputs, live.status, await resourceNames(this.#api, live)) };
    if (!failure) return state;
    const what = `Helm release "${id}" ${before ? "" : "was created, but "}failed to initialize completely`;
    const problem = `${what}. Use Helm CLI to investigate: ${this.#cancel.aborted ? "it was cancelled" : failure.message.trim()}`;
    throw new InitFailed([problem, ...(await troublesOf(this.#api, live.objects))], state);
  }

  /** The version of the chart, which the inputs hold whether or not the program names one. */
  async #versionOf(args: Fields): Promise<string> {
    const file = join(String(args.chart), "Chart.yaml");
    if (existsSync(file)) return versionIn(readFileSync(file, "utf8"));
    if (args.version && !/[\^~*x<>|\s]/.test(args.version)) return args.version;
    return versionIn(await this.#helm.runWithChart(["show", "chart"], args, flagsOf(args, CHART_FLAGS), false));
  }
}

const versionIn = (chart: string): string => (load(chart) as Fields).version;

/** What the engine keeps of a release; its values are secret as a whole, as with the real plugin. */
function outputsOf(inputs: Fields, status: Value, names: Value): Fields {
  return { ...inputs, __inputs: conceal(reveal(inputs)), status, resourceNames: names };
}
