import { DNS_LABEL_TEXT, isDnsLabel } from "./lib/names";
import { at, rejected } from "./lib/verdicts";

export const gatewayNames = rejected({
  id: "gateway-names",
  requires: "A Gateway's name is a DNS label, without dots.",
  kinds: ["Gateway"],

  *check({ metadata, id }) {
    if (id !== undefined && !isDnsLabel(id)) yield at(metadata.at("name"), `write ${DNS_LABEL_TEXT}`);
  },
});
