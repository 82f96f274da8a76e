import { isJwtClaim, isMatchableHeader } from "../../../istio/headers.ts";
import { HEADER_NAME_TEXT } from "../../values/names.ts";
import { allPlaces } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";
import { isForGatewaysOnly } from "./lib/virtualService.ts";

export const headerMatches = rejected({
  id: "header-matches",
  title: "A route matches valid header names, and token claims only at a gateway that validates the token.",
  remediation:
    "Use header names such as x-user, and match @request.auth.claims only in a VirtualService bound to gateways, without mesh.",
  sources: ["istio/pkg/config/validation/virtualservice.go"],
  kinds: ["VirtualService"],

  *check(object) {
    const gatewaysOnly = isForGatewaysOnly(object);
    for (const headers of allPlaces(object.spec, "http[].match[].headers", "http[].match[].withoutHeaders")) {
      for (const [name, match] of headers.entries()) {
        if (!isMatchableHeader(name)) yield at(match, HEADER_NAME_TEXT);
        if (gatewaysOnly === false && isJwtClaim(name)) {
          yield at(match, "bind the routes only to gateways: sidecars do not match token claims");
        }
      }
    }
  },
});
