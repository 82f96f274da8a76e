import type { Rule } from "../rule";
import { chartVersionPinned } from "./chart-version-pinned";
import { gatewayHostsExplicit } from "./gateway-hosts-explicit";
import { imageTagPinned } from "./image-tag-pinned";
import { injectionLabelsAgree } from "./injection-labels-agree";
import { oneVirtualServicePerHost } from "./one-virtual-service-per-host";
import { routedSubsetExists } from "./routed-subset-exists";
import { workloadHasAppAndVersionLabels } from "./workload-has-app-and-version-labels";

export const rules: readonly Rule[] = [
  chartVersionPinned,
  gatewayHostsExplicit,
  imageTagPinned,
  injectionLabelsAgree,
  oneVirtualServicePerHost,
  routedSubsetExists,
  workloadHasAppAndVersionLabels,
];
