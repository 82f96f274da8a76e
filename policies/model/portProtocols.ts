import type { Field } from "./field.ts";

/**
 * The protocol of a port of a Service, in small letters: see ConvertProtocol in pkg/config/kube/conversion.go of Istio's source. It
 * may be one that Istio does not know, and is nothing if it is not known yet.
 */
export function protocolOfPort(port: Field): string | undefined {
  const [own, appProtocol, name] = [port.at("protocol"), port.at("appProtocol"), port.at("name")];
  if (own.isUnknown() || appProtocol.isUnknown() || name.isUnknown()) return undefined;
  if (own.string()?.toLowerCase() === "udp") return "udp";
  const text = (appProtocol.string() ?? name.string() ?? "").toLowerCase();
  if (text === "kubernetes.io/wss") return "https";
  return text.startsWith("grpc-web") ? "grpc-web" : text.split("-")[0];
}
