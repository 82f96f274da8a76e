import { createRequire } from "node:module";
import type { GatewayApiKind } from "./kinds.ts";
import type { Shape } from "./shape.ts";

/** What the API server knows of a kind of the Gateway API. */
export interface GatewayApiDefinition {
  readonly versions: readonly string[];
  /** The shapes of specs by version; a version that is not here has the first. */
  readonly specs: Readonly<Record<string, Shape>>;
}

/** The definition of a kind; nothing of one that the pinned release of the Gateway API does not have. */
export function gatewayApiDefinition(kind: string): GatewayApiDefinition | undefined {
  return all()[kind as GatewayApiKind];
}

type Definitions = Partial<Record<GatewayApiKind, GatewayApiDefinition>>;

let known: Definitions | undefined;

/** Few files have objects of these kinds, and to read it all would take its time at each start. */
function all(): Definitions {
  known ??= JSON.parse(JSON.stringify(file()), (key, value: unknown) =>
    key === "pattern" && typeof value === "string" ? new RegExp(value) : value,
  ) as Definitions;
  return known;
}

/** The bundle of mesh-check has a `require`, and esbuild takes into it what that names; a module of Node's has none. */
function file(): unknown {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  if (typeof require === "function") return require("./generated/gatewayApi.json");
  return createRequire(import.meta.url)("./generated/gatewayApi.json");
}
