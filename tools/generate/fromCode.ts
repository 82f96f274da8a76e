import { chartedAddons } from "../../components/observability/addons.ts";
import { policiesDocument } from "../policies/document.ts";
import { inCheckout } from "./files.ts";
import { settingsDocument } from "./stackFile/document.ts";
import { PROJECT_FILE, projectFile } from "./stackFile/project.ts";
import { SCHEMA_FILE, stackFileSchema } from "./stackFile/jsonSchema.ts";

/** Of each chart that stands in for the official one of a tool, on the testbed. */
const chartFiles = chartedAddons.map(({ chart: { name }, title }) => [
  `testbed/charts/${name}/Chart.yaml`,
  () => `# Made by \`make generate\` from the descriptor of the tool.
apiVersion: v2
name: ${name}
description: Stands in for the official chart of ${title} on the testbed. Same Services, and of its values those that matter here.
version: 0.1.0
`,
]);

/** What is made from rules, schemas and the descriptors of the tools. */
export const fromCode = inCheckout({
  ...(Object.fromEntries(chartFiles) as Record<string, () => string>),
  "docs/policies.md": policiesDocument,
  "docs/settings.md": settingsDocument,
  [SCHEMA_FILE]: stackFileSchema,
  [PROJECT_FILE]: projectFile,
});
