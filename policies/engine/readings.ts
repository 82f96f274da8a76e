import { plain } from "./plain.ts";

/**
 * What the engine has shown of the resources, as plain data. It asks policy after policy, in their order, and shows each the same
 * anew: the first one reads it for all.
 */
export class Readings {
  readonly #readings = new Map<string, { position: number; value: unknown }>();

  /** @param position - of the policy that is asked: when it, or one before it, was asked already, it is a new question */
  read(position: number, key: string, properties: object): unknown {
    const known = this.#readings.get(key);
    if (known !== undefined && known.position < position) {
      known.position = position;
      return known.value;
    }
    const value = plain(properties);
    this.#readings.set(key, { position, value });
    return value;
  }

  /** What was read last. */
  of(key: string): unknown {
    return this.#readings.get(key)?.value;
  }
}
