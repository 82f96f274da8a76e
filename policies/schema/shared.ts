import { fields, int32, mapOf, text, textOf, uint32 } from "./shape.ts";

export const nameOnly = fields({ name: text });

export const portSelector = fields({ number: uint32 });

export const stringMatch = fields({ exact: text, prefix: text, regex: text }, ["exact", "prefix", "regex"]);

export const labelSelector = fields({ labels: mapOf(textOf({ max: 63 }), { max: 256 }) });

export const matchSelector = fields({ matchLabels: mapOf(textOf({ max: 63 }), { max: 4096 }) });

export const targetRef = fields({
  group: textOf({ max: 253, pattern: /^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/ }),
  "kind!": textOf({ min: 1, max: 63, pattern: /^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$/ }),
  "name!": textOf({ min: 1, max: 253 }),
  namespace: text,
});

export const destination = fields({ "host!": text, port: portSelector, subset: text });

export const weightedDestination = fields({ "destination!": destination, weight: int32 });
