// The models of AWS's services, as botocore carries them: what each operation takes.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Partitions } from "./lists.ts";

/** What a value has to be like; where a limit is missing, AWS says nothing of it. */
export interface Shape {
  readonly type: string;
  readonly enum?: readonly string[];
  /** Bounds of a number, or of the length of a text, a list or a map. */
  readonly min?: number;
  readonly max?: number;
  /** A regular expression in Java's dialect. */
  readonly pattern?: string;
  /** Of a structure. */
  readonly members?: Readonly<Record<string, Reference>>;
  /** Of a list. */
  readonly member?: Reference;
  /** Of a map. */
  readonly key?: Reference;
  readonly value?: Reference;
}

interface Reference {
  readonly shape: string;
}

/** The model of a service. */
export interface ServiceModel {
  readonly operations: Readonly<Record<string, { readonly input?: Reference }>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** The regions of AWS's parts. */
export const partitionsIn = (folder: string): Partitions =>
  JSON.parse(readFileSync(join(folder, "botocore/data/partitions.json"), "utf8")) as Partitions;

/** The newest model of a service, e.g. `eks`, in a folder into which pip installed botocore. */
export function modelIn(folder: string, service: string): ServiceModel {
  const versions = join(folder, "botocore/data", service);
  const newest = readdirSync(versions).sort().at(-1) ?? "";
  return JSON.parse(gunzipSync(readFileSync(join(versions, newest, "service-2.json.gz"))).toString()) as ServiceModel;
}
