import { DNS_LABEL_TEXT, isDnsLabel } from "./lib/names";
import { at, rejected } from "./lib/verdicts";

export const gatewayNames = rejected({
  id: "gateway-names",
  requires: "A Gateway's name is a DNS label, without dots.",
  wayOut: "Set metadata.name to at most 63 letters, digits and hyphens, such as shop-gateway.",
  kinds: ["Gateway"],

  *check({ metadata, id }) {
    if (id !== undefined && !isDnsLabel(id)) yield at(metadata.at("name"), `write ${DNS_LABEL_TEXT}`);
  },
});
