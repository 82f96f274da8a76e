// istio/generated/gatewayApi.json: the shapes of the Gateway API's kinds, with the rules in CEL that the API server runs on them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { gatewayApiKinds, nameOf } from "../../istio/kinds.ts";
import { shapesByVersion } from "./crds.ts";

/** Where Istio's module has the definitions, from its charts on. */
const DEFINITIONS = "../../tests/integration/pilot/testdata/gateway-api-crd.yaml";

/** The text of the file, of the definitions beside a folder with Istio's charts. */
export function gatewayApiText(charts: string): string {
  const definitions = shapesByVersion(readFileSync(join(charts, DEFINITIONS), "utf8"));
  const kinds = gatewayApiKinds.flatMap((kind) => {
    const all = definitions.get(nameOf(kind));
    if (all === undefined) return [];
    const [first] = all;
    const specs = all.filter((one, index) => index === 0 || !isDeepStrictEqual(one.spec, first?.spec));
    const versions = all.map(({ version }) => version);
    return [
      [kind, { versions, specs: Object.fromEntries(specs.map(({ version, spec }) => [version, spec])) }] as const,
    ];
  });
  const isPattern = (value: unknown) => (value instanceof RegExp ? value.source : value);
  return JSON.stringify(Object.fromEntries(kinds), (_, value: unknown) => isPattern(value));
}
