// The charts of a preview, rendered as they are and as they would be.
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { loadAll } from "js-yaml";
import { unpackedVersion } from "../../components/istio/charts.ts";
import { SOURCE_VERSION } from "../../istio/sourceVersion.ts";
import { isMap, listOf, mapOf, textOf, type Untrusted } from "../../lib/untrusted.ts";
import { outcomeOf } from "../../lib/run.ts";
import { objectsIn, type Manifest } from "../../report/charts/manifest.ts";
import type { RenderedRelease, Twice } from "../../report/charts/charts.ts";
import { SIGNATURE, TOLD_LATER } from "../../report/objects.ts";
import { helmFolder } from "../programs/programs.ts";
import { checkout } from "../stack/checkout.ts";
import type { Step } from "./events.ts";

/** What a rendering depends on, among the inputs of a Release. */
const MATTERS = [
  ...["chart", "version", "repositoryOpts", "values", "valueYamlFiles", "name", "namespace"],
  ...["allowNullValues", "disableWebhooks", "postrender"],
];

/** A repository that does not answer by then, in milliseconds, is not waited for. */
const PATIENCE = 30_000;

/** Releases that are there on both sides, with other inputs. */
export function releasesToRender(steps: readonly Step[]): readonly Step[] {
  const inputs = (values: Untrusted | undefined) => JSON.stringify(MATTERS.map((key) => values?.[key]));
  return steps.filter(
    ({ type, op, before, after, changed }) =>
      type === "kubernetes:helm.sh/v3:Release" &&
      ["update", "replace"].includes(op) &&
      before !== undefined &&
      after !== undefined &&
      (inputs(before) !== inputs(after) || changed.includes("values")),
  );
}

/**
 * Renders both sides of each release twice. Nothing of it fails: what cannot be rendered says why, in words that quote no value.
 *
 * @param helmIn - the folder that holds helm; empty where it is on PATH
 */
export async function renderedReleases(
  steps: readonly Step[],
  helmIn: () => Promise<string> = helmFolder,
): Promise<RenderedRelease[]> {
  const releases = releasesToRender(steps);
  if (releases.length === 0) return [];
  const folder = mkdtempSync(join(tmpdir(), "charts-"));
  try {
    const program = await helmIn().catch(() => undefined);
    const helm = new Helm(folder, program);
    return await Promise.all(releases.map((step) => rendered(step, helm)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rendered({ name, before, after, changed }: Step, helm: Helm): Promise<RenderedRelease> {
  const sides = [before, after].map(mapOf) as [Untrusted, Untrusted];
  const charts = sides.map(chartText) as [string, string];
  const values = sides.map((side) => JSON.stringify(side.values ?? {}));
  const leftOut = [
    ...(values[0] === values[1] && changed.includes("values")
      ? [`${name}: secret values change, which are not shown`]
      : []),
    ...(values.some((text) => text.includes(TOLD_LATER))
      ? [`${name}: some values are known only after the deployment`]
      : []),
  ];
  try {
    const [old, next] = await Promise.all(sides.map((side) => helm.chartOf(side)));
    const once = () =>
      Promise.all([helm.template(old ?? "", sides[0], name), helm.template(next ?? "", sides[1], name)]);
    const [first, second] = [await once(), await once()];
    const twice = (side: 0 | 1): Twice => [first[side], second[side]];
    return { release: name, charts, rendered: { before: twice(0), after: twice(1) }, leftOut };
  } catch (error) {
    if (!(error instanceof NotRendered)) throw error;
    return { release: name, charts, rendered: { reason: error.message }, leftOut };
  }
}

/** The name of a chart, wherever it comes from, and its version. */
function chartText({ chart, version }: Untrusted): string {
  const name =
    (textOf(chart) ?? "")
      .replace(/\/+$/, "")
      .split("/")
      .at(-1)
      ?.replace(/-\d[^/]*\.tgz$/, "") ?? "";
  return [name, textOf(version) ?? ""].filter((part) => part !== "").join(" ");
}

class NotRendered extends Error {}

class Helm {
  readonly #folder: string;
  readonly #program: string | undefined;
  readonly #pulled = new Map<string, Promise<string>>();
  #files = 0;

  constructor(folder: string, program: string | undefined) {
    this.#folder = folder;
    this.#program = program;
  }

  /** The chart as a folder or an archive. */
  chartOf({ chart, version, repositoryOpts }: Untrusted): Promise<string> {
    const [name, wanted, repository] = [textOf(chart) ?? "", textOf(version), textOf(mapOf(repositoryOpts).repo)];
    const key = JSON.stringify([name, wanted, repository]);
    const known = this.#pulled.get(key);
    if (known !== undefined) return known;
    const isElsewhere = repository !== undefined || name.startsWith("oci://");
    const found = isElsewhere ? this.#pull(name, wanted, repository) : inFolder(name, wanted);
    this.#pulled.set(key, found);
    return found;
  }

  async #pull(chart: string, version: string | undefined, repository: string | undefined): Promise<string> {
    const destination = mkdtempSync(join(this.#folder, "chart-"));
    const args = [
      ...["pull", chart, "--destination", destination],
      ...(version === undefined ? [] : ["--version", version]),
      ...(repository === undefined ? [] : ["--repo", repository]),
    ];
    await this.#run(args, `version ${version ?? ""} could not be fetched from ${hostOf(repository ?? chart)}`);
    const [archive] = readdirSync(destination);
    if (archive === undefined) throw new NotRendered("its repository has sent no archive");
    return join(destination, archive);
  }

  async template(chart: string, inputs: Untrusted, standIn: string): Promise<readonly Manifest[]> {
    if (listOf(inputs.valueYamlFiles).length > 0) throw new NotRendered("its values are in files, which are not read");
    if ((textOf(inputs.postrender) ?? "") !== "") throw new NotRendered("a program changes what helm renders");
    // Nobody else may read the values.
    const file = join(this.#folder, `values-${++this.#files}.json`);
    writeFileSync(file, JSON.stringify(blinded(inputs.values ?? {}, inputs.allowNullValues === true)), { mode: 0o600 });
    const args = [
      ...["template", textOf(inputs.name) ?? standIn, chart, "--values", file, "--skip-schema-validation"],
      ...["--namespace", textOf(inputs.namespace) ?? "default"],
      ...(inputs.disableWebhooks === true ? ["--no-hooks"] : []),
    ];
    const text = await this.#run(args, "helm template fails with the values of the stack");
    try {
      return objectsIn(loadAll(text));
    } catch {
      throw new NotRendered("what helm prints is not YAML");
    }
  }

  /** What helm says of its failure is not passed on: it may quote values. */
  async #run(args: readonly string[], reason: string): Promise<string> {
    if (this.#program === undefined) throw new NotRendered("helm is not there to render it");
    const PATH = [this.#program, process.env.PATH ?? ""].filter(Boolean).join(delimiter);
    // Each fetches the index of its repository, and leaves nothing behind.
    const cache = mkdtempSync(join(this.#folder, "cache-"));
    const env = { ...process.env, PATH, HELM_CACHE_HOME: cache };
    const ended = await outcomeOf("helm", args, { env, cwd: checkout, timeout: PATIENCE }).catch(() => undefined);
    if (ended?.exitCode !== 0) throw new NotRendered(reason);
    return ended.stdout;
  }
}

const hostOf = (address: string): string => /^[a-z]+:\/\/([^/@]*@)?([^/]+)/.exec(address)?.[2] ?? "its repository";

/** A chart of this machine, if it is still of the version that was deployed. */
function inFolder(chart: string, version: string | undefined): Promise<string> {
  const place = resolve(checkout, chart);
  if (!existsSync(place)) return Promise.reject(new NotRendered("its folder is not there any more"));
  const file = join(place, "Chart.yaml");
  const has = existsSync(file) ? unpackedVersion(file) : undefined;
  const isOther = version !== undefined && has !== undefined && has !== SOURCE_VERSION && has !== version;
  return isOther
    ? Promise.reject(new NotRendered(`version ${version} is not in its folder any more`))
    : Promise.resolve(place);
}

/** The values as a chart gets them: what is secret is a word, on both sides the same. A null removes nothing unless that is asked for. */
function blinded(value: unknown, areNullsMeant: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => blinded(item, areNullsMeant));
  if (!isMap(value)) return value;
  if (SIGNATURE in value) return "[secret]";
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) =>
      each === null && !areNullsMeant ? [] : [[key, blinded(each, areNullsMeant)]],
    ),
  );
}
