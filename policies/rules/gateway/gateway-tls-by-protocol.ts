import { isHttp, isTls } from "../../values/protocols.ts";
import { hasText, places } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const gatewayTlsByProtocol = rejected({
  id: "gateway-tls-by-protocol",
  title: "HTTPS and TLS servers have TLS settings, and other servers have none, except for the HTTPS redirect of HTTP.",
  remediation:
    "Set tls with a mode on HTTPS and TLS servers, only tls.httpsRedirect on HTTP servers, and no tls on servers of other protocols.",
  kinds: ["Gateway"],

  *check({ spec }) {
    for (const server of places(spec, "servers[]")) {
      const tls = server.at("tls");
      const protocol = server.at("port", "protocol").string();
      if (protocol === undefined) continue;
      if (isTls(protocol)) {
        if (tls.isAbsent()) yield at(tls, "add tls with a mode and certificates, or use the protocol HTTP");
        continue;
      }
      if (!tls.isPresent()) continue;
      const mode = tls.at("mode");
      const passes =
        mode.isUnknown() || mode.isAbsent() || ["PASSTHROUGH", "AUTO_PASSTHROUGH"].includes(mode.string() ?? "");
      const certificates = ["caCertificates", "privateKey", "serverCertificate"].some((name) => hasText(tls.at(name)));
      if (!isHttp(protocol)) yield at(tls, "remove this field, or set the port's protocol to TLS or HTTPS");
      else if (!passes || certificates)
        yield at(tls, "keep only httpsRedirect in it, or set the port's protocol to HTTPS");
    }
  },
});
