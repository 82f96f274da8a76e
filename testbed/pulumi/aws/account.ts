import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "../../../lib/wholeFile.ts";
import type { Fields } from "../provider/values/value.ts";

/** A resource of the account, as AWS would know it. */
export interface Entry {
  readonly type: string;
  readonly id: string;
  readonly properties: Fields;
  /** What holds it back from being complete, e.g. a time-out of the run that made it. */
  readonly unfinished?: string;
}

/** The number that AWS uses in its own examples. */
export const ACCOUNT_ID = "123456789012";

/**
 * What stands for an AWS account: a folder with a file for each resource, so that plugins side by side do not get in each other's way,
 * and a test can change or remove a resource behind the engine's back.
 */
export class Account {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  find(type: string, id: string): Entry | undefined {
    return this.all().find((entry) => entry.type === type && entry.id === id);
  }

  all(): Entry[] {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const files = readdirSync(this.folder).filter((file) => file.endsWith(EXTENSION));
    return files.flatMap((file) => readEntry(join(this.folder, file)));
  }

  put(entry: Entry): void {
    const file = this.#fileOf(entry);
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    writeWhole(file, JSON.stringify(entry, undefined, 2));
  }

  remove(entry: Entry): void {
    rmSync(this.#fileOf(entry), { force: true });
  }

  #fileOf({ type, id }: Entry): string {
    return join(this.folder, `${encodeURIComponent(`${type.split(":").pop()}_${id}`)}${EXTENSION}`);
  }
}

const EXTENSION = ".resource.json";

/** Nothing if another plugin has just removed it. */
function readEntry(file: string): Entry[] {
  try {
    return [JSON.parse(readFileSync(file, "utf8")) as Entry];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
