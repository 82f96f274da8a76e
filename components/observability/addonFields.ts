import * as field from "../../lib/schema/fields.ts";
import { anyValues } from "../istio/schema/charts.ts";

/** The fields that every tool has. */
export const toolFields = { enabled: field.flag.exactOptional(), values: anyValues.exactOptional() };

/** A persistent volume. */
export const storage = field.section({
  size: field.memory,
  storageClass: field.text(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, "must be the name of a StorageClass").exactOptional(),
});
