import { serviceAlikeInClusters } from "../../../../policies/rules/service/service-alike-in-clusters.ts";
import { describeRule } from "../../describeRule.ts";
import { aService } from "../../istioctlObjects.ts";

const port = { name: "http", port: 80 };
const cart = aService("cart", [port]);

describeRule(serviceAlikeInClusters, {
  accepts: {
    "one cluster": [cart, aService("pay", [])],
    "the same in two": [
      cart,
      aService("cart", [{ ...port, protocol: "TCP", targetPort: 80 }], { type: "ClusterIP", clusterIP: "10.0.0.7" }),
    ],
    "the same ports in another order": [
      aService("cart", [port, { name: "grpc", port: 90 }]),
      aService("cart", [{ name: "grpc", port: 90 }, port]),
    ],
    "another namespace": [cart, aService("cart", [], {}, "other")],
  },
  refuses: {
    "one port more": [[cart, aService("cart", [port, { name: "grpc", port: 90 }])], "1 spec"],
    "a port of another name": [[cart, aService("cart", [{ ...port, name: "tcp" }])], "1 spec"],
    "another type": [[cart, aService("cart", [port], { type: "LoadBalancer" })], "1 spec"],
    "one without an address": [[cart, aService("cart", [port], { clusterIP: "None" })], "1 spec"],
  },
});
