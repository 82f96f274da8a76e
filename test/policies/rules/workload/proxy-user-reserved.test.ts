import { proxyUserReserved } from "../../../../policies/rules/workload/proxy-user-reserved.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject, having, pods } from "../../istioctlObjects.ts";

const reserved = { securityContext: { runAsUser: 1337 } };
const running = (spec: object) => pods({ app: "cart" }, "shop", spec);

describeRule(proxyUserReserved, {
  accepts: {
    "another user": [
      running({
        securityContext: { runAsUser: 1000 },
        containers: [{ name: "app", securityContext: { runAsUser: 0 } }],
      }),
    ],
    "no user": [running({})],
    "the proxy": [
      running({
        containers: [
          { name: "istio-proxy", ...reserved },
          { name: "istio-operator", ...reserved },
        ],
      }),
    ],
    "Istio's own pods": [
      having(running(reserved), { labels: { istio: "pilot" } }),
      having(running(reserved), { labels: { release: "istio" } }),
    ],
  },
  refuses: {
    "the pods": [[running(reserved)], "spec.template.spec.securityContext.runAsUser"],
    "a container": [
      [running({ containers: [{ name: "app", ...reserved }] })],
      "spec.template.spec.containers[0].securityContext.runAsUser",
    ],
    "a pod alone": [[anObject("Pod", "cart", reserved)], "spec.securityContext.runAsUser"],
  },
});
