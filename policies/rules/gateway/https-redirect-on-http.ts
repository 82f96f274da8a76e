import { isHttp } from "../../values/protocols.ts";
import { places } from "../../values/reading.ts";
import { at, warned } from "../../values/verdicts.ts";

export const httpsRedirectOnHttp = warned({
  id: "https-redirect-on-http",
  title: "Only a server of HTTP redirects to HTTPS.",
  rationale: "On any other the setting does nothing.",
  remediation: "Move tls.httpsRedirect to a server of HTTP, such as that of port 80.",
  kinds: ["Gateway"],

  *check({ spec }) {
    for (const server of places(spec, "servers[]")) {
      const redirect = server.at("tls", "httpsRedirect");
      const port = server.at("port");
      const protocol = port.at("protocol");
      if (redirect.boolean() !== true || !port.isPresent() || protocol.isUnknown()) continue;
      if (!isHttp(protocol.string() ?? "")) yield at(redirect, "take it out, and put it on the server of port 80");
    }
  },
});
