import { gatewayCredentialValid } from "../../../../policies/rules/gateway/gateway-credential-valid.ts";
import { describeRule, type Cases } from "../../describeRule.ts";
import { EXPIRED, VALID } from "../../certificates.ts";
import { aGateway, having, INGRESS, ingressPods, serving, anObject } from "../../istioctlObjects.ts";

const gateway = (credentialName: string, selector: object = INGRESS) =>
  aGateway("entry", [serving(["shop.example.com"], { tls: { mode: "SIMPLE", credentialName } })], selector);
const encoded = (text: string) => Buffer.from(text).toString("base64");
const secret = (data: object, namespace = "istio-ingress", others: object = {}) =>
  having(anObject("Secret", "shop-tls", {}, namespace), {}, { data, ...others });
const good = { "tls.crt": encoded(VALID), "tls.key": encoded("key") };
const here = "spec.servers[0].tls.credentialName";
const broken = (data: object): Cases["refuses"][string] => [
  [gateway("shop-tls"), ingressPods, secret(data)],
  `IST0161 0 ${here}`,
];

describeRule(gatewayCredentialValid, {
  open: false,
  withCodes: true,
  accepts: {
    "a certificate beside the pods": [gateway("shop-tls"), ingressPods, secret(good)],
    "one under the keys cert and key": [
      gateway("shop-tls"),
      ingressPods,
      secret({ cert: encoded(VALID), key: encoded("key") }),
    ],
    "one in plain text": [
      gateway("shop-tls"),
      ingressPods,
      secret({}, undefined, { stringData: { "tls.crt": VALID, "tls.key": "key" } }),
    ],
    "a Gateway without TLS": [aGateway("entry", [serving(["*"])]), ingressPods, secret({})],
    "a Gateway without pods": [gateway("shop-tls", { istio: "none" }), ingressPods, secret(good)],
    "any, where no Secret is declared": [gateway("shop-tls"), ingressPods],
  },
  refuses: {
    "a Secret beside the Gateway instead of the pods": [
      [gateway("shop-tls"), ingressPods, secret(good, "shop")],
      `IST0101 0 ${here}`,
    ],
    "a Secret that is not there": [[gateway("tls"), ingressPods, secret(good)], `IST0101 0 ${here}`],
    "a certificate that has expired": broken({ ...good, "tls.crt": encoded(EXPIRED) }),
    "what is no certificate": broken({ ...good, "tls.crt": encoded("certificate") }),
    "what only looks like one": broken({ ...good, "tls.crt": encoded(VALID.replace("MIIB", "AAAA")) }),
    "no key": broken({ "tls.crt": encoded(VALID) }),
    "other names of the keys": broken({ "tls.cert": encoded(VALID), "tls.key": encoded("key") }),
  },
});

describeRule(
  { ...gatewayCredentialValid, id: "gateway-credential-valid beside a stack" },
  {
    accepts: {
      "a Secret that others may make": [gateway("other"), ingressPods, secret(good)],
    },
    refuses: {
      "a Secret that the stack makes elsewhere": [
        [gateway("shop-tls"), ingressPods, secret(good, "shop")],
        `0 ${here}`,
      ],
    },
  },
);
