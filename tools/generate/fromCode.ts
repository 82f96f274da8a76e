import { policiesDocument } from "../policies/document.ts";
import { inCheckout } from "./files.ts";
import { settingsDocument } from "./stackFile/document.ts";
import { SCHEMA_FILE, stackFileSchema } from "./stackFile/jsonSchema.ts";

/** What is made from rules and schemas. */
export const fromCode = inCheckout({
  "docs/policies.md": policiesDocument,
  "docs/settings.md": settingsDocument,
  [SCHEMA_FILE]: stackFileSchema,
});
