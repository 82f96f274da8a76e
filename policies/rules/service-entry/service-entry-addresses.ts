import { isIpAddressOrRange } from "../../../istio/addresses.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const serviceEntryAddresses = rejected({
  id: "service-entry-addresses",
  title: "The addresses of a ServiceEntry are IP addresses, or CIDR ranges with resolution NONE or STATIC.",
  remediation: "Use IP addresses, or CIDR ranges such as 10.0.0.0/8 with resolution NONE or STATIC.",
  kinds: ["ServiceEntry"],

  *check({ spec }) {
    const resolution = spec.at("resolution");
    const takesRanges = resolution.isUnknown() || ["NONE", "STATIC"].includes(resolution.string() ?? "NONE");
    for (const address of spec.at("addresses").items()) {
      const text = address.string();
      if (text === undefined) continue;
      if (!isIpAddressOrRange(text)) yield at(address, "use an IP address, or a range such as 10.0.0.0/8");
      else if (text.includes("/") && !takesRanges)
        yield at(address, "use single addresses, or resolution NONE or STATIC");
    }
  },
});
