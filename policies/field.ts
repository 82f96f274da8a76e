/** Stands for a value that only the deployment will tell. */
export const UNKNOWN = Symbol("unknown");

/**
 * A place in an object, with the path that leads to it. Reading an unknown value is no error: it gives nothing, and the path is
 * noted, so that the rule can say what it could not decide.
 */
export class Field {
  readonly #value: unknown;
  readonly #unread: Set<string>;

  /** @param unread - takes the paths of the unknown values that were read */
  constructor(
    value: unknown,
    readonly path: string,
    unread: Set<string>,
  ) {
    this.#value = value;
    this.#unread = unread;
  }

  /** The place below this one; what is below an unknown value is unknown with it. */
  at(...keys: readonly string[]): Field {
    const [key, ...rest] = keys;
    if (key === undefined || this.#value === UNKNOWN) return this;
    const value = isRecord(this.#value) && Object.hasOwn(this.#value, key) ? this.#value[key] : undefined;
    return new Field(value, join(this.path, key), this.#unread).at(...rest);
  }

  /** The places in a list; none if there is no list, or if it is unknown. */
  items(): Field[] {
    const value = this.#read();
    if (!Array.isArray(value)) return [];
    return value.map((item, index) => new Field(item, `${this.path}[${index}]`, this.#unread));
  }

  /** The text here; nothing if it is something else, or unknown. That nothing is here, only {@link isAbsent} says. */
  text(): string | undefined {
    const value = this.#read();
    return typeof value === "string" ? value : undefined;
  }

  /** Whether there certainly is nothing. */
  isAbsent(): boolean {
    const value = this.#read();
    return this.#value !== UNKNOWN && (value === undefined || value === null);
  }

  /** Whether there certainly is something. */
  isPresent(): boolean {
    return !this.isUnknown() && !this.isAbsent();
  }

  isUnknown(): boolean {
    this.#read();
    return this.#value === UNKNOWN;
  }

  #read(): unknown {
    if (this.#value !== UNKNOWN) return this.#value;
    this.#unread.add(this.path);
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function join(path: string, key: string): string {
  if (!/^\w+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}
