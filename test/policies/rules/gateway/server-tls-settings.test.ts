import { serverTlsSettings } from "../../../../policies/rules/gateway/server-tls-settings.ts";
import { testRule } from "../../testRule.ts";
import { gateway } from "../../valid.ts";

const https = "spec.servers[1]";
const mutual = "spec.servers[2]";

testRule(serverTlsSettings, [
  gateway,
  [
    ["an old version", { [`${mutual}.tls.minProtocolVersion`]: "TLSV1_1" }],
    ["an unknown cipher", { [`${https}.tls.cipherSuites[0]`]: "ROT13" }],
    ["a cipher twice", { [`${https}.tls.cipherSuites[1]`]: "ECDHE-RSA-AES128-GCM-SHA256" }],
    ["certificates of others", { [`${https}.tls.mode`]: "PASSTHROUGH" }, [`${https}.tls.credentialName`]],
    [
      "three certificates",
      { [`${https}.tls`]: { mode: "SIMPLE", tlsCertificates: [{}, {}, {}] } },
      [`${https}.tls.tlsCertificates`],
    ],
  ],
]);
