import { servicesOfDeploymentAgree } from "../../../../policies/rules/workload/services-of-deployment-agree.ts";
import { describeRule } from "../../describeRule.ts";
import { aNamespace, aService, having, pods } from "../../istioctlObjects.ts";

const app = { app: "cart" };
const shop = aNamespace("shop", { "istio-injection": "enabled" });
const service = (port: object, selector: object = app, namespace?: string) =>
  aService("cart", [port], { selector }, namespace);
const here = "spec.template.metadata.labels";

describeRule(servicesOfDeploymentAgree, {
  withCodes: true,
  accepts: {
    "the same port of two Services": [
      pods(app),
      shop,
      service({ port: 80 }),
      service({ port: 80, protocol: "TCP", targetPort: 80 }),
    ],
    "different ports of the pods": [
      pods(app),
      shop,
      service({ port: 80, targetPort: 8080 }),
      service({ port: 90, targetPort: 9090 }),
    ],
    "Services of other pods": [
      pods(app),
      shop,
      service({ port: 53 }),
      service({ port: 53, protocol: "UDP" }, { app: "pay" }),
    ],
    "Services elsewhere": [
      pods(app),
      shop,
      service({ port: 53 }),
      service({ port: 53, protocol: "UDP" }, app, "other"),
    ],
    "Services without pods": [pods(app), shop, service({ port: 53 }), service({ port: 53, protocol: "UDP" }, {})],
    "pods outside of the mesh": [
      pods(app),
      aNamespace("shop"),
      service({ port: 53 }),
      service({ port: 53, protocol: "UDP" }),
    ],
    "a waypoint": [
      having(pods(app), { labels: { "gateway.istio.io/managed": "istio.io-mesh-controller" } }),
      shop,
      service({ port: 53 }),
      service({ port: 53, protocol: "UDP" }),
    ],
  },
  refuses: {
    "a port of TCP and of UDP": [
      [
        pods(app),
        shop,
        service({ port: 53, targetPort: "tcp" }),
        service({ port: 53, protocol: "UDP", targetPort: "udp" }),
      ],
      `IST0116 0 ${here}`,
    ],
    "two ways to one port": [
      [pods(app), shop, service({ port: 80, targetPort: 8080 }), service({ port: 90, targetPort: 8080 })],
      `IST0137 0 ${here}`,
    ],
    "a port that another leads to": [
      [pods(app), shop, service({ port: 80 }), service({ port: 90, targetPort: 80 })],
      `IST0137 0 ${here}`,
    ],
    "two ways by the same name": [
      [pods(app), shop, service({ port: 80, targetPort: "web" }), service({ port: 90, targetPort: "web" })],
      `IST0137 0 ${here}`,
    ],
  },
});
