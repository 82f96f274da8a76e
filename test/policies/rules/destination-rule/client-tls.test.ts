import { clientTls } from "../../../../policies/rules/destination-rule/client-tls.ts";
import { testRule } from "../../testRule.ts";
import { destinationRule } from "../../valid.ts";

const policy = "spec.trafficPolicy";
const ofPort = `${policy}.portLevelSettings[0]`;

testRule(clientTls, [
  destinationRule,
  [
    ["no certificate", { [`${policy}.tls.clientCertificate`]: "" }],
    ["no key", { [`${policy}.tls.privateKey`]: undefined }],
    [
      "a credential and files",
      { [`${policy}.tls.credentialName`]: "shop" },
      ["clientCertificate", "privateKey", "caCertificates"].map((name) => `${policy}.tls.${name}`),
    ],
    ["checked and not", { [`${policy}.tls.insecureSkipVerify`]: true }, [`${policy}.tls.caCertificates`]],
    [
      "names that are not checked",
      { [`${ofPort}.tls`]: { mode: "SIMPLE", insecureSkipVerify: true, subjectAltNames: ["a"] } },
      [`${ofPort}.tls.subjectAltNames`],
    ],
    ["a credential of another namespace", { [`${ofPort}.tls.credentialName`]: "configmap://team/roots" }],
    ["a credential of no namespace", { [`${ofPort}.tls.credentialName`]: "configmap://roots" }],
  ],
]);
