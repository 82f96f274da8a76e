import { oneGatewayPerCertificate } from "../../../../policies/rules/gateway/one-gateway-per-certificate.ts";
import { describeRule } from "../../describeRule.ts";
import { aGateway, INGRESS, serving } from "../../istioctlObjects.ts";

const gateway = (tls?: object, selector: object = INGRESS) =>
  aGateway("entry", [serving(["a.example"], { ...(tls && { tls }) })], selector);
const secret = { credentialName: "shop-tls" };
const files = { serverCertificate: "/c.pem", privateKey: "/k.pem" };
const [first, second] = ["0 spec.servers[0].tls", "1 spec.servers[0].tls"];

describeRule(oneGatewayPerCertificate, {
  accepts: {
    "different certificates": [gateway(secret), gateway({ credentialName: "other" }), gateway(files)],
    "different pods": [gateway(secret), gateway(secret, { istio: "other" })],
    "no certificates": [gateway(), gateway(), gateway({ httpsRedirect: true }), gateway({ httpsRedirect: true })],
    "the same file with different keys": [gateway(files), gateway({ ...files, privateKey: "/other.pem" })],
    "two servers of one Gateway": [
      aGateway("entry", [serving(["a.example"], { tls: secret }), serving(["b.example"], { tls: secret })]),
    ],
  },
  refuses: {
    "the same Secret": [[gateway(secret), gateway(secret)], first, second],
    "the same files": [[gateway(files), gateway(files)], first, second],
    "the same Secret on some of the same pods": [
      [gateway(secret), gateway(secret, { ...INGRESS, app: "entry" })],
      first,
    ],
    "the same Secret on all pods": [[gateway(secret, {}), gateway(secret)], first],
  },
});
