import { sidecarIngress } from "../../../../policies/rules/sidecar/sidecar-ingress.ts";
import { testRule } from "../../testRule.ts";
import { sidecar } from "../../valid.ts";

testRule(sidecarIngress, [
  sidecar,
  [
    ["port 0", { "spec.ingress[0].port.number": 0 }],
    ["a port twice", { "spec.ingress[1].port.number": 9080 }],
    ["no address", { "spec.ingress[0].bind": "unix:///a" }],
    ["an endpoint elsewhere", { "spec.ingress[0].defaultEndpoint": "10.0.0.1:8080" }],
    ["an endpoint without a port", { "spec.ingress[0].defaultEndpoint": "127.0.0.1" }],
    ["an endpoint at port 0", { "spec.ingress[0].defaultEndpoint": ":0" }],
    ["a socket that is nowhere", { "spec.ingress[1].defaultEndpoint": "unix://a" }],
    ["a Secret", { "spec.ingress[1].tls.credentialName": "shop" }],
    ["a redirect", { "spec.ingress[1].tls.httpsRedirect": true }],
    ["names of clients", { "spec.ingress[1].tls.subjectAltNames": ["a"] }],
    ["Istio's own TLS", { "spec.ingress[1].tls.mode": "ISTIO_MUTUAL" }],
    ["TLS of HTTP", { "spec.ingress[1].port.protocol": "HTTP" }],
  ],
]);
