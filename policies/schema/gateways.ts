import { fields, flag, list, mapOf, oneOf, text, uint32 } from "./shape.ts";
import { destination, labelSelector } from "./shared.ts";
import { connectionPool } from "./trafficPolicies.ts";

const tlsCertificates = fields({ caCertificates: text, privateKey: text, serverCertificate: text });

const serverTls = fields({
  caCertCredentialName: text,
  caCertificates: text,
  caCrl: text,
  cipherSuites: list(text),
  credentialName: text,
  credentialNames: list(text, { min: 1, max: 2 }),
  httpsRedirect: flag,
  insecureSkipVerify: flag,
  maxProtocolVersion: oneOf("TLS_AUTO", "TLSV1_0", "TLSV1_1", "TLSV1_2", "TLSV1_3"),
  minProtocolVersion: oneOf("TLS_AUTO", "TLSV1_0", "TLSV1_1", "TLSV1_2", "TLSV1_3"),
  mode: oneOf("PASSTHROUGH", "SIMPLE", "MUTUAL", "AUTO_PASSTHROUGH", "ISTIO_MUTUAL", "OPTIONAL_MUTUAL"),
  privateKey: text,
  serverCertificate: text,
  subjectAltNames: list(text),
  tlsCertificates: list(tlsCertificates, { min: 1, max: 2 }),
  verifyCertificateHash: list(text),
  verifyCertificateSpki: list(text),
});

export const gateway = fields({
  selector: mapOf(text),
  servers: list(
    fields({
      bind: text,
      defaultEndpoint: text,
      "hosts!": list(text),
      name: text,
      "port!": fields({ "name!": text, "number!": uint32, "protocol!": text, targetPort: uint32 }),
      tls: serverTls,
    }),
  ),
});

const sidecarPort = fields({ name: text, number: uint32, protocol: text, targetPort: uint32 });

export const sidecar = fields({
  egress: list(
    fields({ bind: text, captureMode: oneOf("DEFAULT", "IPTABLES", "NONE"), "hosts!": list(text), port: sidecarPort }),
  ),
  inboundConnectionPool: connectionPool,
  ingress: list(
    fields({
      bind: text,
      captureMode: oneOf("DEFAULT", "IPTABLES", "NONE"),
      connectionPool,
      defaultEndpoint: text,
      "port!": sidecarPort,
      tls: serverTls,
    }),
  ),
  outboundTrafficPolicy: fields({ egressProxy: destination, mode: oneOf("REGISTRY_ONLY", "ALLOW_ANY") }),
  workloadSelector: labelSelector,
});
