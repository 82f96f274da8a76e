import { jwksFetchRestricted } from "../../../../policies/rules/request-authentication/jwks-fetch-restricted.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject, having } from "../../istioctlObjects.ts";

const authentication = anObject("RequestAuthentication", "tokens", { jwtRules: [] });
const istiod = (env: object[]) =>
  having(
    anObject(
      "Deployment",
      "istiod",
      { template: { spec: { containers: [{ name: "discovery", env }] } } },
      "istio-system",
    ),
    { labels: { app: "istiod" } },
  );
const release = (values: object) => ({
  type: "kubernetes:helm.sh/v3:Release",
  props: { chart: "istiod", name: "istiod", namespace: "istio-system", values },
});
const blocked = { BLOCKED_CIDRS_IN_JWKS_URIS: "10.0.0.0/8" };
const variable = { name: "BLOCKED_CIDRS_IN_JWKS_URIS", value: "10.0.0.0/8" };

describeRule(jwksFetchRestricted, {
  accepts: {
    "an istiod that is told": [authentication, istiod([variable])],
    "one that is told by its chart": [authentication, release({ env: blocked })],
    "any, without tokens to check": [istiod([]), release({})],
    "other Deployments": [authentication, anObject("Deployment", "cart", {})],
  },
  refuses: {
    "an istiod that is not told": [[authentication, istiod([])], "1 spec.template.spec.containers"],
    "an istiod that is told nothing": [
      [authentication, istiod([{ ...variable, value: "" }])],
      "1 spec.template.spec.containers",
    ],
    "one that its chart does not tell": [[authentication, release({})], "1 values.env.BLOCKED_CIDRS_IN_JWKS_URIS"],
  },
});
