import { servicePortOnPods } from "../../../../policies/rules/service/service-port-on-pods.ts";
import { describeRule } from "../../describeRule.ts";
import { deployment, service } from "../../kialiObjects.ts";

const to = (...ports: object[]) => service({ selector: { app: "a" }, ports });
const pods = (...ports: object[]) => deployment({ app: "a" }, {}, { containers: [{ name: "app", ports }] });

describeRule(servicePortOnPods, {
  open: false,
  accepts: {
    "the port of a container": [to({ port: 80, targetPort: 8080 }), pods({ containerPort: 8080 })],
    "the same port": [to({ port: 8080 }), pods({ containerPort: 8080 })],
    "the name of a port": [to({ port: 80, targetPort: "web" }), pods({ name: "web", containerPort: 8080 })],
    "no Deployment": [to({ port: 80 }), deployment({ app: "b" })],
    "a gateway": [
      service({ selector: { app: "a" }, ports: [{ port: 80 }] }, { labels: { istio: "ingressgateway" } }),
      pods({ containerPort: 8080 }),
    ],
    "the control plane": [
      service({ selector: { app: "a" }, ports: [{ port: 80 }] }, { namespace: "istio-system" }),
      deployment({ app: "a" }, { namespace: "istio-system" }),
    ],
  },
  refuses: {
    "another port": [[to({ port: 80, targetPort: 9090 }), pods({ containerPort: 8080 })], "0 spec.ports[0].targetPort"],
    "another name": [[to({ port: 80, targetPort: "web" }), pods({ name: "http" })], "0 spec.ports[0].targetPort"],
    "no port of the container": [[to({ port: 80 }), pods()], "0 spec.ports[0].port"],
  },
});
