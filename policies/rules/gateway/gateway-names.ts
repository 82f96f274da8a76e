import { DNS_LABEL_TEXT, isDnsLabel } from "../../values/names.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const gatewayNames = rejected({
  id: "gateway-names",
  title: "The name of a Gateway is a DNS label without dots.",
  remediation: "Set metadata.name to at most 63 letters, digits and hyphens, such as shop-gateway.",
  kinds: ["Gateway"],

  *check({ metadata, id }) {
    if (id !== undefined && !isDnsLabel(id)) yield at(metadata.at("name"), `write ${DNS_LABEL_TEXT}`);
  },
});
