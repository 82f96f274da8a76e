import { fields, list, mapOf, oneOf, text, textOf, uint32, wholeNumber } from "./shape.ts";
import { labelSelector } from "./shared.ts";

export const workloadEntry = fields({
  address: textOf({ max: 256 }),
  labels: mapOf(text, { max: 256 }),
  locality: textOf({ max: 2048 }),
  network: textOf({ max: 2048 }),
  ports: mapOf(uint32, { max: 128 }),
  serviceAccount: textOf({ max: 253 }),
  weight: uint32,
});

export const serviceEntry = fields({
  addresses: list(textOf({ max: 64 }), { max: 256 }),
  endpoints: list(workloadEntry, { max: 4096 }),
  exportTo: list(text),
  "hosts!": list(text, { min: 1, max: 256 }),
  location: oneOf("MESH_EXTERNAL", "MESH_INTERNAL"),
  ports: list(
    fields({ "name!": textOf({ max: 256 }), "number!": uint32, protocol: textOf({ max: 256 }), targetPort: uint32 }),
    { max: 256, key: "name" },
  ),
  resolution: oneOf("NONE", "STATIC", "DNS", "DNS_ROUND_ROBIN", "DYNAMIC_DNS"),
  subjectAltNames: list(text),
  workloadSelector: labelSelector,
});

export const workloadGroup = fields({
  metadata: fields({ annotations: mapOf(text, { max: 256 }), labels: mapOf(text, { max: 256 }) }),
  probe: fields(
    {
      exec: fields({ "command!": list(textOf({ min: 1 })) }),
      failureThreshold: wholeNumber(0, 2 ** 31 - 1),
      grpc: fields({ port: uint32, service: text }),
      httpGet: fields({
        host: text,
        httpHeaders: list(fields({ name: textOf({ pattern: /^[-_A-Za-z0-9]+$/ }), value: text })),
        path: text,
        "port!": uint32,
        scheme: text,
      }),
      initialDelaySeconds: wholeNumber(0, 2 ** 31 - 1),
      periodSeconds: wholeNumber(0, 2 ** 31 - 1),
      successThreshold: wholeNumber(0, 2 ** 31 - 1),
      tcpSocket: fields({ host: text, "port!": uint32 }),
      timeoutSeconds: wholeNumber(0, 2 ** 31 - 1),
    },
    ["httpGet", "tcpSocket", "exec", "grpc"],
  ),
  "template!": workloadEntry,
});
