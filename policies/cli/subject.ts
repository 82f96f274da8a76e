// From what a call names to what is checked: which objects there are, where they are written, and which of them are one mesh.
import * as path from "node:path";
import type { MeshObject } from "../model/mesh.ts";
import type { Call } from "./call.ts";
import { chartOf, chartsAmong, isBelow, renderChart } from "./charts.ts";
import { skipped, strayReport, type Report, type Subject } from "./check.ts";
import { readDocuments, type BrokenDocument, type YamlDocument } from "./documents.ts";
import { readInputs, type Input } from "./files.ts";
import { kustomizationsOf, originOf, rendererOf } from "./kustomize.ts";
import { objectsOfCluster } from "./known.ts";
import { isMap } from "../../lib/untrusted.ts";
import { manifestsOf, type Manifests, type Source } from "./manifests.ts";
import { errorRemark, type Remark } from "./remarks.ts";
import { setsOf, type ObjectSet } from "./sets.ts";

export interface Reading {
  readonly subject: Subject;
  /** What can not be read. */
  readonly broken: readonly BrokenDocument[];
  /** What is left out, as notes, and manifests that no cluster takes. */
  readonly notes: readonly Report[];
  readonly remarks: readonly Remark[];
  readonly counts: { readonly files: number; readonly objects: number; readonly others: number };
  /** Whether the files are what a cluster answered, in which nothing is missing. */
  readonly isDump: boolean;
}

export function readSubject(call: Call): Reading {
  const { texts, broken, remarks: aboutNames } = readInputs([...call.names, ...call.sets], call.exclude);
  const remarks = [...aboutNames];
  const notes: Report[] = [];
  const unreadable = [...broken];
  const sources = new Map<string, Source>();
  const sets: ObjectSet[] = [];
  let others = 0;

  const skip = (file: string, message: string) => {
    if (!notes.some((note) => note.file === file && note.message === message)) notes.push(skipped(file, message));
  };
  // File by file: what the documents without objects hold need not be kept.
  function* read(texts: readonly Input[]): Generator<YamlDocument> {
    for (const { file, content } of texts) {
      const documents = readDocuments(file, content);
      const broken = documents.filter((document) => "reason" in document);
      const isNamed = call.names.includes(file);
      // Folders also hold data of other programs.
      if (broken.length > 0 && !isNamed && !/\bapiVersion\b/.test(content)) {
        notes.push(skipped(file, "no manifest: it can not be read as YAML, and has no apiVersion"));
        continue;
      }
      for (const document of broken) {
        if (document.isTemplate !== true || isNamed) unreadable.push(document);
        else skip(file, "a template, and no manifest before it is rendered: check what comes out");
      }
      yield* documents.filter((document) => "value" in document);
    }
  }
  const keep = (manifests: Manifests): readonly MeshObject[] => {
    for (const [urn, source] of manifests.sources) sources.set(urn, source);
    others += manifests.others;
    for (const file of manifests.filledLater) skip(file, "what its placeholders become is not known here");
    notes.push(...manifests.strays.map(strayReport));
    return manifests.objects;
  };

  const kustomizations = kustomizationsOf(texts);
  const charts = chartsAmong(texts.map(({ file }) => file));
  const plain: Input[] = [];
  for (const input of texts) {
    const chart = chartOf(input.file, charts);
    if (chart === undefined && !kustomizations.parts.has(path.resolve(input.file))) plain.push(input);
  }
  for (const chart of charts.filter((folder) => !call.charts.some((named) => path.relative(named, folder) === ""))) {
    notes.push(
      skipped(
        path.join(chart, "Chart.yaml"),
        `the templates of this Helm chart are left out: --chart ${chart} renders them`,
      ),
    );
  }

  const render = rendererOf(kustomizations.all);
  for (const root of kustomizations.roots) {
    const name = path.dirname(root.file);
    const { rendered, plain, failed } = render(root);
    for (const { kustomization, reason } of failed) {
      skip(kustomization.file, `this kustomization is not rendered, so its patches are left out: ${reason}`);
    }
    const parts = texts.filter(({ file }) => plain.includes(path.resolve(file)));
    sets.push({
      name,
      objects: [
        ...rendered.flatMap(({ kustomization, text }) => keep(renderedManifests(kustomization.file, text, call))),
        ...keep(manifestsOf(read(parts), { namespace: call.namespace, set: `${name} ` })),
      ],
    });
  }

  const given = [...keep(manifestsOf(read(plain), { namespace: call.namespace }))];
  for (const chart of call.charts) {
    const rendered = renderChart(chart, call.values, call.namespace);
    if ("text" in rendered) {
      for (const object of keep(manifestsOf(ofChart(chart, rendered.text), { ...call, set: "chart " })))
        given.push(object);
    } else remarks.push(errorRemark(`${chart}: ${rendered.reason}`));
  }
  sets.push(...givenSets(given, call, sources));

  const known = call.known.flatMap((file) => knownIn(file, remarks));
  if (call.context !== undefined) {
    const there = objectsOfCluster(call.context);
    if ("reason" in there) remarks.push(errorRemark(`--context ${call.context}: ${there.reason}`));
    else known.push(...there);
  }

  const objects = new Set(sets.flatMap(({ objects }) => objects));
  const filled = sets.filter(({ objects }) => objects.length > 0);
  // Where there is one mesh alone, its name tells nothing.
  const named = filled.length > 1 ? filled : filled.map(({ objects }) => ({ name: "", objects }));
  return {
    subject: { sets: named, sources, known },
    broken: unreadable,
    notes,
    remarks,
    counts: { files: texts.length, objects: objects.size, others },
    isDump: objects.size > 0 && [...objects].every(({ metadata }) => metadata.at("uid").isPresent()),
  };
}

/** The given objects, by the folders that are called sets, or by the alternatives among them. */
function givenSets(objects: readonly MeshObject[], { sets }: Call, sources: ReadonlyMap<string, Source>): ObjectSet[] {
  const fileOf = ({ urn }: MeshObject) => sources.get(urn)?.document.file ?? "";
  if (sets.length === 0) return setsOf(objects, fileOf);
  const isIn = (object: MeshObject, folder: string) => isBelow(fileOf(object), folder);
  const shared = objects.filter((object) => !sets.some((folder) => isIn(object, folder)));
  return sets.map((folder) => ({
    name: folder,
    objects: [...shared, ...objects.filter((object) => isIn(object, folder))],
  }));
}

/** The objects of a rendered kustomization, each with its place in the file that it comes from. */
function renderedManifests(file: string, text: string, { namespace }: Call): Manifests {
  const documents = readDocuments(file, text).filter((document) => "value" in document);
  const manifests = manifestsOf(documents, { namespace, set: `${file} ` });
  const read = new Map<string, readonly YamlDocument[]>();
  const written = (origin: string): readonly YamlDocument[] => {
    const { texts } = readInputs([origin]);
    const all = texts.flatMap((input) => readDocuments(input.file, input.content));
    return all.filter((document) => "value" in document);
  };
  const sources = new Map<string, Source>();
  for (const object of manifests.objects) {
    const { urn, kind, name } = object;
    const place = originOf(object);
    if (place !== undefined && !read.has(place)) read.set(place, written(place));
    const same = (read.get(place ?? "") ?? []).filter(({ value }) => isMap(value) && value.kind === kind);
    const document = same.find(({ value }) => name.includes(nameIn(value))) ?? same[0];
    const rendered = manifests.sources.get(urn);
    if (document !== undefined) sources.set(urn, { document, path: "" });
    // What a generator made, or an item of a list, is shown at the kustomization.
    else if (rendered !== undefined)
      sources.set(urn, { document: { ...rendered.document, text: "", line: 1 }, path: "" });
  }
  return { ...manifests, strays: [], sources };
}

const nameIn = (value: unknown): string => {
  const metadata = isMap(value) ? value.metadata : undefined;
  return isMap(metadata) && typeof metadata.name === "string" ? metadata.name : "\0";
};

/** The documents of a rendered chart, each at the beginning of its template. */
function ofChart(chart: string, text: string): YamlDocument[] {
  return readDocuments(chart, text).flatMap((document) => {
    if (!("value" in document)) return [];
    const template = /^# Source: [^/\n]*\/(.*)$/m.exec(document.text)?.[1] ?? "";
    return [{ ...document, file: path.join(chart, template), line: 1, text: "" }];
  });
}

function knownIn(file: string, remarks: Remark[]): readonly MeshObject[] {
  const { texts, broken, remarks: aboutNames } = readInputs([file]);
  remarks.push(...aboutNames, ...broken.map(({ file, reason }) => errorRemark(`--known ${file}: ${reason}`)));
  const documents = texts.flatMap(({ file, content }) => readDocuments(file, content));
  for (const document of documents) {
    if ("reason" in document)
      remarks.push(errorRemark(`--known ${document.file}:${document.line}: ${document.reason}`));
  }
  return manifestsOf(
    documents.filter((document) => "value" in document),
    { set: "known " },
  ).objects;
}
