import { anything, fields, int32, list, mapOf, oneOf, text, textOf, uint32, wholeNumber } from "./shape.ts";
import { labelSelector, matchSelector, nameOnly, targetRef } from "./shared.ts";

const selectorPort = fields({ "number!": wholeNumber(1, 65535) });

const trafficSelector = fields({
  mode: oneOf("UNDEFINED", "CLIENT", "SERVER", "CLIENT_AND_SERVER"),
  ports: list(selectorPort, { key: "number" }),
});

const environmentVariable = fields({
  "name!": textOf({ min: 1, max: 256 }),
  value: textOf({ max: 2048 }),
  valueFrom: oneOf("INLINE", "HOST"),
});

const vmConfig = fields({ env: list(environmentVariable, { max: 256, key: "name" }) });

export const wasmPlugin = fields({
  failStrategy: oneOf("FAIL_CLOSE", "FAIL_OPEN", "FAIL_RELOAD"),
  imagePullPolicy: oneOf("UNSPECIFIED_POLICY", "IfNotPresent", "Always"),
  imagePullSecret: textOf({ min: 1, max: 253 }),
  match: list(trafficSelector),
  phase: oneOf("UNSPECIFIED_PHASE", "AUTHN", "AUTHZ", "STATS"),
  pluginConfig: anything,
  pluginName: textOf({ min: 1, max: 256 }),
  priority: int32,
  selector: matchSelector,
  sha256: textOf({ pattern: /(^$|^[a-f0-9]{64}$)/ }),
  targetRef,
  targetRefs: list(targetRef, { max: 16 }),
  type: oneOf("UNSPECIFIED_PLUGIN_TYPE", "HTTP", "NETWORK"),
  "url!": textOf({ min: 1 }),
  verificationKey: text,
  vmConfig,
});

export const trafficExtension = fields(
  {
    lua: fields({ "inlineCode!": textOf({ min: 1, max: 65536 }) }),
    match: list(trafficSelector),
    phase: oneOf("UNSPECIFIED", "AUTHN", "AUTHZ", "STATS"),
    priority: int32,
    selector: matchSelector,
    targetRefs: list(targetRef, { max: 16 }),
    wasm: fields({
      failStrategy: oneOf("FAIL_CLOSE", "FAIL_OPEN", "FAIL_RELOAD"),
      imagePullPolicy: oneOf("UNSPECIFIED_POLICY", "IfNotPresent", "Always"),
      imagePullSecret: textOf({ min: 1, max: 253 }),
      pluginConfig: anything,
      pluginName: textOf({ min: 1, max: 256 }),
      sha256: textOf({ pattern: /(^$|^[a-f0-9]{64}$)/ }),
      type: oneOf("UNSPECIFIED_PLUGIN_TYPE", "HTTP", "NETWORK"),
      "url!": textOf({ min: 1 }),
      verificationKey: text,
      vmConfig,
    }),
  },
  ["wasm", "lua"],
);

const networkFilter = fields({ name: text, subFilter: nameOnly });

export const envoyFilter = fields({
  configPatches: list(
    fields({
      applyTo: oneOf(
        "INVALID",
        "LISTENER",
        "FILTER_CHAIN",
        "NETWORK_FILTER",
        "HTTP_FILTER",
        "ROUTE_CONFIGURATION",
        "VIRTUAL_HOST",
        "HTTP_ROUTE",
        "CLUSTER",
        "EXTENSION_CONFIG",
        "BOOTSTRAP",
        "LISTENER_FILTER",
      ),
      match: fields(
        {
          cluster: fields({ name: text, portNumber: uint32, service: text, subset: text }),
          context: oneOf("ANY", "SIDECAR_INBOUND", "SIDECAR_OUTBOUND", "GATEWAY", "WAYPOINT"),
          listener: fields({
            filterChain: fields({
              applicationProtocols: text,
              destinationPort: uint32,
              filter: networkFilter,
              name: text,
              sni: text,
              transportProtocol: text,
            }),
            listenerFilter: text,
            name: text,
            portName: text,
            portNumber: uint32,
          }),
          proxy: fields({ metadata: mapOf(text), proxyVersion: text }),
          routeConfiguration: fields({
            gateway: text,
            name: text,
            portName: text,
            portNumber: uint32,
            vhost: fields({
              domainName: text,
              name: text,
              route: fields({ action: oneOf("ANY", "ROUTE", "REDIRECT", "DIRECT_RESPONSE"), name: text }),
            }),
          }),
          waypoint: fields({ filter: networkFilter, portNumber: uint32, route: nameOnly }),
        },
        ["listener", "routeConfiguration", "cluster", "waypoint"],
      ),
      patch: fields({
        filterClass: oneOf("UNSPECIFIED", "AUTHN", "AUTHZ", "STATS"),
        operation: oneOf(
          "INVALID",
          "MERGE",
          "ADD",
          "REMOVE",
          "INSERT_BEFORE",
          "INSERT_AFTER",
          "INSERT_FIRST",
          "REPLACE",
          "MERGE_AND_REPLACE_LIST",
        ),
        value: anything,
      }),
    }),
  ),
  priority: int32,
  targetRefs: list(targetRef, { max: 16 }),
  workloadSelector: labelSelector,
});

export const proxyConfig = fields({
  concurrency: wholeNumber(0, 2 ** 31 - 1),
  environmentVariables: mapOf(textOf({ max: 2048 })),
  image: fields({ imageType: text }),
  selector: matchSelector,
});
