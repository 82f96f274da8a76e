import { isHttp, isTls } from "../../values/protocols.ts";
import { hasText, places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const gatewayTlsByProtocol = rejected({
  id: "gateway-tls-by-protocol",
  title: "A server of HTTPS or TLS has TLS settings, and no other has, but for a redirect of HTTP.",
  remediation:
    "Give servers of HTTPS and TLS a tls with its mode, those of HTTP at most tls.httpsRedirect, and those of other protocols none.",
  kinds: ["Gateway"],

  *check({ spec }) {
    for (const server of places(spec, "servers[]")) {
      const tls = server.at("tls");
      const protocol = server.at("port", "protocol").string();
      if (protocol === undefined) continue;
      if (isTls(protocol)) {
        if (tls.isAbsent()) yield at(tls, "add tls with a mode and certificates, or serve HTTP");
        continue;
      }
      if (!tls.isPresent()) continue;
      const mode = tls.at("mode");
      const passes =
        mode.isUnknown() || mode.isAbsent() || ["PASSTHROUGH", "AUTO_PASSTHROUGH"].includes(mode.string() ?? "");
      const certificates = ["caCertificates", "privateKey", "serverCertificate"].some((name) => hasText(tls.at(name)));
      if (!isHttp(protocol)) yield at(tls, "take it out, or make the protocol of the port TLS or HTTPS");
      else if (!passes || certificates)
        yield at(tls, "leave httpsRedirect alone in it, or make the protocol of the port HTTPS");
    }
  },
});
