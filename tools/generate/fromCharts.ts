import { readDefinitions } from "./crds.ts";
import { inCheckout, type Generated } from "./files.ts";
import { gatewayApiText } from "./gatewayApi.ts";
import { kindsText, shapesText, specsText } from "./istio.ts";

/** What is made from the definitions in a folder with Istio's charts. */
export const fromCharts = (charts: string): Generated =>
  inCheckout({
    "istio/generated/gatewayApi.json": () => gatewayApiText(charts),
    "istio/generated/kinds.ts": () => kindsText(readDefinitions(charts)),
    "istio/generated/shapes.ts": () => shapesText(readDefinitions(charts)),
    "istio/generated/specs.ts": () => specsText(readDefinitions(charts)),
  });
