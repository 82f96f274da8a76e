import { z } from "zod";

export function text(pattern: RegExp, error: string) {
  return z.string({ error }).regex(pattern, { error });
}
