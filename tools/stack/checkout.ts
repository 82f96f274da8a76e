import { join } from "node:path";

/** The folder of the project, from which everything is found. */
export const checkout = join(import.meta.dirname, "../..");
