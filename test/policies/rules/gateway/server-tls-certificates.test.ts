import { serverTlsCertificates } from "../../../../policies/rules/gateway/server-tls-certificates.ts";
import { testRule } from "../../testRule.ts";
import { gateway, sidecar } from "../../valid.ts";

const https = "spec.servers[1]";
const mutual = "spec.servers[2]";
const own = "spec.servers[4]";

testRule(
  serverTlsCertificates,
  [
    gateway,
    [
      [
        "no certificate",
        { [`${https}.tls`]: { mode: "SIMPLE" } },
        ["serverCertificate", "privateKey"].map((name) => `${https}.tls.${name}`),
      ],
      ["no key", { [`${mutual}.tls.privateKey`]: "" }],
      ["nothing to check clients by", { [`${mutual}.tls.caCertificates`]: undefined }],
      ["two sources", { [`${mutual}.tls.credentialName`]: "shop" }],
      ["one Secret and several", { [`${https}.tls.credentialNames`]: ["a", "b"] }],
      [
        "a certificate of a list without a key",
        { [`${https}.tls`]: { mode: "SIMPLE", tlsCertificates: [{ serverCertificate: "/c" }] } },
        [`${https}.tls.tlsCertificates[0].privateKey`],
      ],
      ["a certificate beside Istio's", { [`${own}.tls.serverCertificate`]: "/c.pem" }],
      ["a credential beside Istio's", { [`${own}.tls.credentialNames`]: ["a"] }],
      [
        "certificates that clients do not show",
        { [`${https}.tls`]: { mode: "SIMPLE", serverCertificate: "/c", privateKey: "/k", caCrl: "/r" } },
        [`${https}.tls.caCrl`],
      ],
    ],
  ],
  [sidecar, [["no key", { "spec.ingress[1].tls.privateKey": undefined }]]],
);
