import type { Fields } from "../../../../testbed/pulumi/provider/values/value.ts";

/** The server refuses with this; it becomes the `Status` object of the answer. */
export class Refusal extends Error {
  readonly code: number;
  readonly details: Fields;

  constructor(code: number, message: string, details: Fields = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}
