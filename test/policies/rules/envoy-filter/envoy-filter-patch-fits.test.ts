import { envoyFilterPatchFits } from "../../../../policies/rules/envoy-filter/envoy-filter-patch-fits.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject } from "../../istioctlObjects.ts";

const patch = (operation: string, applyTo: string) => ({ applyTo, patch: { operation, value: { name: "lua" } } });
const filter = (...configPatches: object[]) => anObject("EnvoyFilter", "lua", { configPatches });
const first = "spec.configPatches[0].patch.operation";

describeRule(envoyFilterPatchFits, {
  accepts: {
    "what can be added": [filter(patch("ADD", "CLUSTER"), patch("ADD", "VIRTUAL_HOST"))],
    "what can be removed": [filter(patch("REMOVE", "HTTP_FILTER"))],
    "what can be replaced": [
      filter(patch("REPLACE", "NETWORK_FILTER"), patch("REPLACE", "HTTP_FILTER"), patch("REPLACE", "VIRTUAL_HOST")),
    ],
    "what is merged": [filter(patch("MERGE", "HTTP_ROUTE"), patch("MERGE", "ROUTE_CONFIGURATION"))],
    "nothing behind a patch that is left out": [filter({ applyTo: "CLUSTER" }, patch("ADD", "HTTP_ROUTE"))],
  },
  refuses: {
    "a route added": [[filter(patch("ADD", "HTTP_ROUTE"))], first],
    "routes added": [[filter(patch("ADD", "ROUTE_CONFIGURATION"))], first],
    "a route removed": [[filter(patch("REMOVE", "HTTP_ROUTE"))], first],
    "routes removed": [[filter(patch("REMOVE", "ROUTE_CONFIGURATION"))], first],
    "a cluster replaced": [[filter(patch("REPLACE", "CLUSTER"))], first],
    "a listener replaced": [
      [filter(patch("MERGE", "CLUSTER"), patch("REPLACE", "LISTENER"))],
      "spec.configPatches[1].patch.operation",
    ],
  },
});
