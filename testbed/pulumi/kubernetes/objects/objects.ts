import { NoMatch, type Api } from "../cluster/api.ts";
import { ApiError } from "../cluster/transport.ts";
import { InitFailed, type Call, type Resource, type ResourceDiff, type State } from "../../provider/resource.ts";
import { differences, isWithin } from "../../provider/values/difference.ts";
import { conceal, concealLike, containsUnknown, reveal } from "../../provider/values/secrets.ts";
import { copyPath, select } from "../../provider/values/selection.ts";
import type { Fields } from "../../provider/values/value.ts";
import { explain, isEarly, isOverKubectl, newFieldManager, patiently } from "./apply.ts";
import { untilGone, untilReady } from "./await.ts";
import { fixedFields, isProbablyNamespaced, type ObjectSettings } from "./kinds.ts";
import { decodedData, importedInputs, originOf, outputsOf, type Origin } from "./properties.ts";
import { readinessOf } from "./readiness.ts";
import { reasonsOf } from "./reasons.ts";

const AUTONAMED = "pulumi.com/autonamed";

/** How many random digits the real plugin puts behind the name of a resource. */
export const RANDOM_DIGITS = 8;

/** Objects of the cluster, of any kind: declared by server-side apply, previewed by its dry run. */
export class Objects implements Resource {
  readonly #api: Api;
  readonly #settings: ObjectSettings;
  readonly #cancel: AbortSignal;

  constructor(api: Api, settings: ObjectSettings, cancel: AbortSignal) {
    this.#api = api;
    this.#settings = settings;
    this.#cancel = cancel;
  }

  async check(call: Call, olds: Fields, news: Fields): Promise<Fields> {
    if (call.type.endsWith("Patch")) throw new Error(`${call.type}: the stand-in plugin knows no Patch resources`);
    const metadata = reveal(news.metadata ?? {});
    if (containsUnknown(metadata) && typeof metadata === "string") return news;
    if (metadata.generateName)
      throw new Error("the stand-in plugin knows no generateName: give the object a name, or none");
    if (!metadata.name) {
      const old = reveal(olds.metadata ?? {});
      metadata.name = old.annotations?.[AUTONAMED] ? old.name : call.autoname(RANDOM_DIGITS);
      metadata.annotations = { ...metadata.annotations, [AUTONAMED]: "true" };
    }
    if (!metadata.namespace && (await this.#isNamespaced(news))) metadata.namespace = this.#api.connection.namespace;
    return { ...news, metadata: concealLike(metadata, news.metadata) };
  }

  diff(oldInputs: Fields, news: Fields): ResourceDiff {
    const [before, after] = [reveal(oldInputs), reveal(news)];
    const fixed = fixedFields(after, this.#settings);
    const changes = differences(before, after).map((difference) => ({
      ...difference,
      replace: fixed.some((field) => isWithin(difference.path, field)),
    }));
    const isSameName = ["name", "namespace"].every((key) => before.metadata?.[key] === after.metadata?.[key]);
    const isAutonamed = after.metadata?.annotations?.[AUTONAMED] === "true";
    const deleteBeforeReplace = changes.some(({ replace }) => replace) && isSameName && !isAutonamed;
    return { changes, deleteBeforeReplace, namesProperties: false };
  }

  async create(call: Call, inputs: Fields): Promise<State> {
    const object = reveal(inputs);
    const asGiven = { id: "", properties: inputs };
    if (call.preview && containsUnknown(object)) return asGiven;
    const manager = object.metadata.annotations?.["pulumi.com/patchFieldManager"] ?? newFieldManager();
    const attempt = () => this.#applyNew(call, object, manager);
    let applied: Applied;
    try {
      applied = await (call.preview
        ? attempt()
        : patiently(attempt, (line) => {
            call.progress(line);
          }));
    } catch (error) {
      const { message } = error as Error;
      // At preview, what the object needs may not be there yet, and what it replaces may be there still.
      if (call.preview && isEarly(error)) return asGiven;
      if (call.preview && error instanceof AlreadyExists) {
        call.warn(`creation failed: ${message}`);
        return asGiven;
      }
      throw new Error(`resource "${call.urn}" was not successfully created by the Kubernetes API server: ${message}`, {
        cause: error,
      });
    }
    const origin = { manager, apiVersion: object.apiVersion };
    if (call.preview) return { id: "", properties: outputsOf(inputs, applied.live, origin) };
    const failed = `resource "${call.urn}" was successfully created, but the Kubernetes API server reported that it failed to fully initialize or become live`;
    return this.#settle(call, applied, inputs, origin, failed);
  }

  async update(call: Call, olds: Fields, oldInputs: Fields, news: Fields): Promise<State> {
    const object = reveal(news);
    if (call.preview && containsUnknown(object)) return { id: call.id, properties: news };
    const origin = originOf(olds, object.apiVersion);
    const failed = `the Kubernetes API server reported that "${call.id}" failed to fully initialize or become live`;
    let applied: Applied;
    try {
      applied = await this.#applyChange(call, object, origin.manager);
    } catch (error) {
      if (call.preview && error instanceof NoMatch) return { id: call.id, properties: news };
      const problem = `${failed}: ${explain(error as Error, origin.manager)}`;
      const live = await this.#find(object).catch(() => undefined);
      if (!live) throw new Error(problem, { cause: error });
      throw new InitFailed([problem], { id: call.id, properties: outputsOf(news, live, origin), inputs: oldInputs });
    }
    if (call.preview) return { id: call.id, properties: outputsOf(news, applied.live, origin) };
    return this.#settle(call, applied, news, origin, failed);
  }

  async read(call: Call, properties: Fields, inputs: Fields): Promise<State | undefined> {
    const [name, namespace] = call.id.split("/").reverse();
    const [, version = "", kind] = call.type.split(":");
    const apiVersion = properties.apiVersion ?? version.replace(/^core\//, "");
    const identity = { apiVersion, kind, metadata: { name, ...(namespace && { namespace }) } };
    const live = await this.#find(identity);
    if (!live) return undefined;
    const isImport = Object.keys(inputs).length === 0;
    const now = isImport ? importedInputs(identity, live) : select(live, reveal(inputs));
    if (kind === "Secret" && inputs.stringData) now.stringData = decodedData(live, reveal(inputs.stringData));
    const concealed = concealLike(now, inputs);
    if (isImport && kind === "Secret") concealed.data = conceal(concealed.data);
    const origin = originOf(properties, apiVersion);
    const state = { id: call.id, inputs: concealed, properties: outputsOf(concealed, live, origin) };
    const readiness = await readinessOf(live, this.#api, Infinity);
    // The engine remembers it, warns, and lets the next update wait for the object again.
    if (readiness.is !== "ready" && !isImport) {
      throw new InitFailed([readiness.reason, ...(await reasonsOf(live, this.#api))], state);
    }
    return state;
  }

  async delete(call: Call, properties: Fields): Promise<void> {
    const object = reveal(properties);
    const policy: string = object.metadata.annotations?.["pulumi.com/deletionPropagationPolicy"] ?? "foreground";
    try {
      const { path } = await this.#api.locate(object);
      await this.#api.remove(path, `${policy.charAt(0).toUpperCase()}${policy.slice(1).toLowerCase()}`);
      await untilGone(this.#api, path, object, call, this.#cancel);
      call.progress("");
    } catch (error) {
      const isGone = error instanceof NoMatch || (error instanceof ApiError && error.status === 404);
      if (!isGone) throw error;
    }
  }

  async #applyNew(call: Call, object: Fields, manager: string): Promise<Applied> {
    const { path, resource } = await this.#api.locate(object);
    if (!this.#settings.upsertExistingObjects && (await this.#api.get(path))) {
      throw new AlreadyExists(resource, object.metadata.name);
    }
    return { path, live: await this.#apply(call, path, object, manager, this.#isForced(object)) };
  }

  async #applyChange(call: Call, object: Fields, manager: string): Promise<Applied> {
    const attempt = async (force: boolean): Promise<Applied> => {
      const { path } = await this.#api.locate(object);
      if (call.ignoreChanges.length > 0) {
        const live = await this.#api.get(path);
        for (const ignored of live ? call.ignoreChanges : []) copyPath(object, live, ignored);
      }
      return { path, live: await this.#apply(call, path, object, manager, force) };
    };
    const force = this.#isForced(object);
    if (call.preview) return attempt(force);
    try {
      return await patiently(
        () => attempt(force),
        (line) => {
          call.progress(line);
        },
      );
    } catch (error) {
      // The real plugin takes back what was changed by hand, but says nothing of it at preview.
      if (isOverKubectl(error)) return attempt(true);
      throw error;
    }
  }

  #apply(call: Call, path: string, object: Fields, manager: string, force: boolean): Promise<Fields> {
    const warn = (message: string) => {
      call.warn(message);
    };
    return this.#api.apply(path, object, { manager, dryRun: call.preview, force, warn });
  }

  #isForced(object: Fields): boolean {
    const annotation = object.metadata.annotations?.["pulumi.com/patchForce"];
    return annotation === undefined ? this.#settings.enablePatchForce : annotation === "true";
  }

  async #settle(call: Call, applied: Applied, inputs: Fields, origin: Origin, failed: string): Promise<State> {
    const { live, problems } = await untilReady(this.#api, applied.path, applied.live, call, this.#cancel);
    const { namespace, name } = live.metadata;
    const id = namespace ? `${namespace}/${name}` : name;
    const state = { id, inputs, properties: outputsOf(inputs, live, origin) };
    const [first, ...more] = problems;
    if (first !== undefined) throw new InitFailed([`${failed}: ${first}`, ...more], state);
    return state;
  }

  /** The object as it is, or undefined if it or its whole kind is gone. */
  async #find(object: Fields): Promise<Fields | undefined> {
    try {
      return await this.#api.get((await this.#api.locate(object)).path);
    } catch (error) {
      if (error instanceof NoMatch) return undefined;
      throw error;
    }
  }

  async #isNamespaced(object: Fields): Promise<boolean> {
    return this.#api.locate({ ...object, metadata: {} }).then(
      ({ namespaced }) => namespaced,
      () => isProbablyNamespaced(object.kind),
    );
  }
}

interface Applied {
  readonly path: string;
  readonly live: Fields;
}

class AlreadyExists extends Error {
  constructor(resource: string, name: string) {
    super(`${resource} "${name}" already exists`);
  }
}
