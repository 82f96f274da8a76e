// Amounts of CPU and memory, as Kubernetes writes them.
import { text } from "./text.ts";

const quantityError = "must be an amount as Kubernetes writes it";
export const cpu = text(/^(\d+m|\d+(\.\d{1,3})?)$/, `${quantityError}, as a string, such as "250m" or "1.5"`);
export const memory = text(/^[1-9]\d*(Ki|Mi|Gi|Ti|k|M|G|T)$/, `${quantityError}, such as 256Mi`);

const UNITS: Readonly<Record<string, number>> = {
  ...{ k: 1e3, M: 1e6, G: 1e9, T: 1e12 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 },
};

/** Bytes of an amount of memory; NaN, which compares with nothing, if it is none. */
export function bytesOf(amount: unknown): number {
  if (typeof amount !== "string") return Number.NaN;
  const [, number, unit = ""] = /^(\d+)(\w+)$/.exec(amount) ?? [];
  return Number(number) * (UNITS[unit] ?? Number.NaN);
}
