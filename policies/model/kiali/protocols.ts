import { KUBERNETES_PROTOCOLS } from "../../values/protocols.ts";

/** The protocols that Kiali knows by the name of a port: not `http_proxy`. */
const PROTOCOLS = [
  "grpc",
  "grpc-web",
  "http",
  "http2",
  "https",
  "mongo",
  "redis",
  "tcp",
  "tls",
  "udp",
  "mysql",
] as const;

/** Whether the name of a port tells its protocol: it alone, or before a dash. */
export function tellsProtocol(name: string): boolean {
  return PROTOCOLS.some((protocol) => isOrBegins(name, protocol));
}

/** Whether the name of a port is a protocol, or begins with it and a dash. */
export function isOrBegins(name: string, protocol: string): boolean {
  return name === protocol || name.startsWith(`${protocol}-`);
}

export function isAppProtocol(text: string): boolean {
  return [...PROTOCOLS, ...KUBERNETES_PROTOCOLS].some((protocol) => protocol === text.toLowerCase());
}
