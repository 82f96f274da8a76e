import { serviceEntryHasAddresses } from "../../../../policies/rules/service-entry/service-entry-has-addresses.ts";
import { describeRule } from "../../describeRule.ts";
import { anObject, having } from "../../istioctlObjects.ts";

const entry = (protocol?: string, rest: object = {}) =>
  anObject("ServiceEntry", "db", {
    hosts: ["db.example"],
    ports: [{ number: 3306, ...(protocol && { protocol }) }],
    ...rest,
  });

describeRule(serviceEntryHasAddresses, {
  accepts: {
    addresses: [entry("TCP", { addresses: ["192.0.2.0/24"] })],
    "a protocol with host names": [entry("HTTPS")],
    "addresses that Istio gave out": [having(entry("TCP"), {}, { status: { addresses: [{ value: "240.240.0.1" }] } })],
  },
  refuses: {
    TCP: [[entry("TCP")], "0 spec.addresses"],
    "tcp in small letters": [[entry("tcp", { addresses: [] })], "0 spec.addresses"],
    "no protocol": [[entry()], "0 spec.addresses"],
  },
});

const ways = ["ISTIO_META_DNS_AUTO_ALLOCATE", "PILOT_ENABLE_IP_AUTOALLOCATE"];
for (const way of ways) {
  describeRule(
    { ...serviceEntryHasAddresses, id: `service-entry-has-addresses with ${way}` },
    {
      config: { defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: "true", [way]: "true" } } },
      accepts: { "TCP, where Istio gives out addresses": [entry("TCP")] },
      refuses: {},
    },
  );
}
describeRule(
  { ...serviceEntryHasAddresses, id: "service-entry-has-addresses with DNS alone" },
  {
    config: { defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: "true" } } },
    accepts: {},
    refuses: { "TCP, where Istio gives out none": [[entry("TCP")], "0 spec.addresses"] },
  },
);
