import { load } from "js-yaml";

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string";
const isFilled: Check = (value) => isText(value) && value !== "";
const isBoolean: Check = (value) => typeof value === "boolean";
const isNumber: Check = (value) => typeof value === "number" || (typeof value === "string" && /^-?\d+$/.test(value));
const isPort: Check = (value) => isNumber(value) && Number(value) >= 1 && Number(value) <= 65535;
const isDuration: Check = (value) => typeof value === "string" && /^-?\d+(?:\.\d{1,9})?s$/.test(value);
const isWholeDuration: Check = (value) => typeof value === "string" && /^[1-9]\d*(?:\.0+)?s$/.test(value);
const isAddress: Check = (value) => {
  const [, host = "", port] = /^(.+):(\d+)$/.exec(typeof value === "string" ? value : "") ?? [];
  return isPort(port) && /^\[[\da-fA-F:.%]+\]$|^[\w*]([\w-]*[\w])?(\.[\w]([\w-]*[\w])?)*\.?$/.test(host);
};
const isMap: Check = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isMapOf =
  (check: Check): Check =>
  (value) =>
    isMap(value) && Object.values(value as object).every(check);
const hasAddress: Check = (value) => {
  const { address } = isMap(value) ? (value as Record<string, unknown>) : {};
  return isMap(value) && (address === undefined || address === "" || isAddress(address));
};

/** The fields of a ProxyConfig whose values a proxy would refuse; others it passes over. */
const FIELDS: ReadonlyMap<string, Check> = new Map([
  ["configPath", isFilled],
  ["binaryPath", isFilled],
  ["serviceCluster", isFilled],
  ["drainDuration", isWholeDuration],
  ["terminationDrainDuration", isDuration],
  ["discoveryRefreshDelay", isDuration],
  ["fileFlushInterval", isDuration],
  ["discoveryAddress", isAddress],
  ["statsdUdpAddress", (value) => value === "" || isAddress(value)],
  ["proxyAdminPort", isPort],
  ["statusPort", isPort],
  ["statNameLength", isNumber],
  ["concurrency", isNumber],
  ["fileFlushMinSizeKb", isNumber],
  ["holdApplicationUntilProxyStarts", isBoolean],
  ["controlPlaneAuthPolicy", (value) => value === "NONE" || value === "MUTUAL_TLS"],
  ["interceptionMode", (value) => value === "REDIRECT" || value === "TPROXY" || value === "NONE"],
  ["proxyMetadata", isMapOf(isText)],
  ["runtimeValues", isMapOf(isText)],
  ["envoyAccessLogService", hasAddress],
  ["envoyMetricsService", hasAddress],
  ["tracing", isMap],
  ["image", isMap],
  ["gatewayTopology", isMap],
  ["proxyStatsMatcher", isMap],
  ["readinessProbe", isMap],
]);

/** Whether a text is a ProxyConfig in YAML. */
export function isProxyConfig(text: string): boolean {
  const config = parsed(text);
  if (config === null) return true;
  if (!isMap(config)) return false;
  return Object.entries(config as object).every(([name, value]) => {
    return value === null || (FIELDS.get(name)?.(value) ?? true);
  });
}

function parsed(text: string): unknown {
  try {
    return load(text);
  } catch {
    return undefined;
  }
}
