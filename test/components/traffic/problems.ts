import type { z } from "zod";
import { problemsOf } from "../../../components/arguments.ts";

/** Paths of all that is wrong with the arguments. */
export const pathsOf = (schema: z.ZodType, args: unknown): string[] => problemsOf(schema, args).map(({ path }) => path);

/** All that is wrong with the arguments, as a reader sees it. */
export const wordsOf = (schema: z.ZodType, args: unknown): string[] =>
  problemsOf(schema, args).map(({ path, reason }) => `${path} ${reason}`);
