/*
 * Protocols of a port, in any case of letters.
 *
 * @see https://github.com/istio/istio/blob/master/pkg/config/protocol/instance.go
 */

const HTTP = new Set(["http", "http2", "http_proxy", "grpc", "grpc-web"]);
const TLS = new Set(["https", "tls"]);
const TCP = new Set(["tcp", "https", "tls", "mongo", "redis", "mysql"]);
const KNOWN = new Set([...HTTP, ...TLS, ...TCP, "udp"]);

/** What Kubernetes defines for `appProtocol` only. */
export const KUBERNETES_PROTOCOLS: ReadonlySet<string> = new Set([
  "kubernetes.io/h2c",
  "kubernetes.io/ws",
  "kubernetes.io/wss",
]);

export const isKnownProtocol = (protocol: string) => KNOWN.has(protocol.toLowerCase());

/** Whether each request says which host it wants. */
export const isHttp = (protocol: string) => HTTP.has(protocol.toLowerCase());

/** Whether each connection is encrypted, and says which host it wants. */
export const isTls = (protocol: string) => TLS.has(protocol.toLowerCase());

/** Whether connections are all that is seen, encrypted ones included. */
export const isTcp = (protocol: string) => TCP.has(protocol.toLowerCase());

export const PROTOCOL_TEXT = "use one of HTTP, HTTPS, HTTP2, GRPC, GRPC-WEB, TLS, TCP, MONGO, MYSQL and REDIS";
