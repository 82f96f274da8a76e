/** Stands for a value that only the deployment will tell. */
export const UNKNOWN = Symbol("unknown");

/** Of what type the value at a place is. */
export type ValueType = "unknown" | "absent" | "text" | "number" | "boolean" | "list" | "map";

/**
 * A place in an object, with the path that leads to it. Reading an unknown value is no error: it gives nothing, and the path is
 * noted, so that the rule can say what it could not decide.
 */
export class Field {
  readonly #value: unknown;
  readonly #unread: Set<string>;
  readonly #above: Field | undefined;
  readonly #step: string | number;

  /**
   * @param path - of the place itself; what is below it appends to it
   * @param unread - takes the paths of the unknown values that were read
   */
  constructor(value: unknown, path: string, unread: Set<string>);
  constructor(value: unknown, step: string | number, unread: Set<string>, above: Field);
  constructor(value: unknown, step: string | number, unread: Set<string>, above?: Field) {
    this.#value = value;
    this.#unread = unread;
    this.#above = above;
    this.#step = step;
  }

  /** Made when it is asked for: most places are in order, and nobody wants to know where they are. */
  get path(): string {
    const step = this.#step;
    if (this.#above === undefined) return String(step);
    const { path } = this.#above;
    if (typeof step === "number") return `${path}[${step}]`;
    if (!/^\w+$/.test(step)) return `${path}[${JSON.stringify(step)}]`;
    return path === "" ? step : `${path}.${step}`;
  }

  /** The place below this one; what is below an unknown value is unknown with it. */
  at(...keys: readonly string[]): Field {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the walk starts here
    let place: Field = this;
    for (const key of keys) place = place.#below(key);
    return place;
  }

  #below(key: string): Field {
    const value = this.#value;
    if (value === UNKNOWN) return this;
    const below = isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    return new Field(below, key, this.#unread, this);
  }

  /** The places in a list; none if there is no list, or if it is unknown. */
  items(): Field[] {
    const value = this.#read();
    if (!Array.isArray(value)) return [];
    return value.map((item, index) => new Field(item, index, this.#unread, this));
  }

  /** The places in a map by their keys; none if there is no map, or if it is unknown. */
  entries(): [key: string, place: Field][] {
    const value = this.#read();
    if (!isMap(value)) return [];
    return Object.keys(value).map((key) => [key, new Field(value[key], key, this.#unread, this)]);
  }

  /** The keys of a map; none if there is no map, or if it is unknown. */
  keys(): string[] {
    const value = this.#read();
    return isMap(value) ? Object.keys(value) : [];
  }

  /** The text here; nothing if it is something else, or unknown. That nothing is here, only {@link isAbsent} says. */
  string(): string | undefined {
    const value = this.#read();
    return typeof value === "string" ? value : undefined;
  }

  /** The texts of a list, without those that are something else, or unknown. */
  strings(): string[] {
    return this.items().flatMap((item) => item.string() ?? []);
  }

  /** The texts of a map, such as labels; nothing if one of them is unknown, or all. Empty where nothing is. */
  stringMap(): ReadonlyMap<string, string> | undefined {
    if (this.isUnknown()) return undefined;
    const map = new Map<string, string>();
    for (const [key, place] of this.entries()) {
      if (place.isUnknown()) return undefined;
      const text = place.string();
      if (text !== undefined) map.set(key, text);
    }
    return map;
  }

  /** The number here; nothing if it is something else, or unknown. */
  number(): number | undefined {
    const value = this.#read();
    return typeof value === "number" ? value : undefined;
  }

  /** The boolean here; nothing if it is something else, or unknown. */
  boolean(): boolean | undefined {
    const value = this.#read();
    return typeof value === "boolean" ? value : undefined;
  }

  /** The plain data from here on, to be compared as a whole; nothing if nothing is here, or if something in it is unknown. */
  data(): unknown {
    return this.#notesUnknown() ? undefined : this.#value;
  }

  /** The plain data from here on, without what is unknown in it. */
  known(): unknown {
    const value = this.#value;
    if (value === UNKNOWN) return undefined;
    if (Array.isArray(value)) return this.items().flatMap((item) => (item.#value === UNKNOWN ? [] : [item.known()]));
    if (!isMap(value)) return value;
    return Object.fromEntries(
      this.entries().flatMap(([key, place]) => (place.#value === UNKNOWN ? [] : [[key, place.known()]])),
    );
  }

  /** What stands here, of whatever type. */
  valueType(): ValueType {
    const value = this.#read();
    if (this.#value === UNKNOWN) return "unknown";
    if (value === undefined || value === null) return "absent";
    if (Array.isArray(value)) return "list";
    switch (typeof value) {
      case "string":
        return "text";
      case "number":
      case "bigint":
        return "number";
      case "boolean":
        return "boolean";
      default:
        return "map";
    }
  }

  /** Whether there certainly is nothing. */
  isAbsent(): boolean {
    const value = this.#read();
    return this.#value !== UNKNOWN && (value === undefined || value === null);
  }

  /** Whether there certainly is something. */
  isPresent(): boolean {
    const value = this.#read();
    return value !== undefined && value !== null;
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

  /** Whether something from here on is unknown; notes each such place. */
  #notesUnknown(): boolean {
    const value = this.#read();
    if (this.#value === UNKNOWN) return true;
    if (typeof value !== "object" || value === null) return false;
    const below = Array.isArray(value) ? this.items() : this.entries().map(([, place]) => place);
    return below.filter((place) => place.#notesUnknown()).length > 0;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && !Array.isArray(value);
}
