import { isHttp } from "../../values/protocols.ts";
import { places } from "../../values/reading.ts";
import { at, warned } from "../../values/verdicts.ts";

export const httpsRedirectOnHttp = warned({
  id: "https-redirect-on-http",
  title: "Only HTTP servers redirect to HTTPS.",
  rationale: "On other servers the setting has no effect.",
  remediation: "Move tls.httpsRedirect to an HTTP server, such as the one on port 80.",
  kinds: ["Gateway"],

  *check({ spec }) {
    for (const server of places(spec, "servers[]")) {
      const redirect = server.at("tls", "httpsRedirect");
      const port = server.at("port");
      const protocol = port.at("protocol");
      if (redirect.boolean() !== true || !port.isPresent() || protocol.isUnknown()) continue;
      if (!isHttp(protocol.string() ?? ""))
        yield at(redirect, "remove this field here, and set it on the server on port 80");
    }
  },
});
