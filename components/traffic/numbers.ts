import { z } from "zod";
import * as field from "../../lib/schema/fields.ts";

const percentError = "must be a number of percent: 0, or from 0.0001 to 100";

/** A share in percent; Envoy counts in millionths, so the smallest is 0.0001. */
export const percentage = z
  .number({ error: percentError })
  .refine((value) => value === 0 || (value >= 0.0001 && value <= 100), { error: percentError });

const portError = "must be the number of a port, from 1 to 65535";

/** A port as the key of a map. */
export const portKey = z
  .string()
  .refine((key) => /^[1-9]\d{0,4}$/.test(key) && Number(key) <= 65535, { error: portError });

/** A limit that fits into the 32 bits that Envoy has for it. */
export const limit = field.wholeNumber(1, 2 ** 31 - 1);

/** Status codes that a proxy can answer with. */
export const httpStatus = field.wholeNumber(200, 599, "an HTTP status code");
