import { servicePortTellsProtocol } from "../../../../policies/rules/service/service-port-tells-protocol.ts";
import { describeRule } from "../../describeRule.ts";
import { deployment, namespace, service } from "../../kialiObjects.ts";

const pods = (metadata: object = {}, more: object = {}) => deployment({ app: "a" }, metadata, more);
const ports = (...list: object[]) => service({ selector: { app: "a" }, ports: list });
const injected = namespace("shop", { "istio-injection": "enabled" });

describeRule(servicePortTellsProtocol, {
  open: false,
  withCodes: true,
  accepts: {
    "names with protocols": [ports({ name: "http" }, { name: "grpc-web-a" }, { name: "tcp-x" }), pods(), injected],
    appProtocols: [ports({ name: "x", appProtocol: "HTTP2" }, { appProtocol: "kubernetes.io/h2c" }), pods(), injected],
    UDP: [ports({ name: "x", protocol: "UDP" }), pods(), injected],
    "pods outside the mesh": [ports({ name: "x" }), pods(), namespace("shop")],
  },
  refuses: {
    "names without protocols": [
      [ports({ name: "web" }, { name: "http2x" }, { port: 80 }), pods(), injected],
      "KIA0601 0 spec.ports[0].name",
      "KIA0601 0 spec.ports[1].name",
      "KIA0601 0 spec.ports[2].name",
    ],
    "an unknown appProtocol": [
      [ports({ name: "http", appProtocol: "web" }), pods(), injected],
      "KIA0602 0 spec.ports[0].appProtocol",
    ],
    "pods with a sidecar of their own": [
      [ports({ name: "web" }), pods({}, { containers: [{ name: "istio-proxy" }] }), namespace("shop")],
      "KIA0601 0 spec.ports[0].name",
    ],
    "ambient pods": [
      [ports({ name: "web" }), pods(), namespace("shop", { "istio.io/dataplane-mode": "ambient" })],
      "KIA0601 0 spec.ports[0].name",
    ],
  },
});
