import type { Row } from "./compared.ts";

/** What a part has to tell. */
export interface Measured {
  readonly rows: readonly Row[];
  /** Why a ratio may be above 1. */
  readonly reason: string;
  /** What is no ratio. */
  readonly facts?: readonly string[];
}
