// Istio on kubectl's current cluster, a namespace in its mesh, and the routes of one service: without a stack file's schema.
import { MeshNamespace } from "../../components/application/meshNamespace.ts";
import { ExistingCluster } from "../../components/cluster/existingCluster.ts";
import { Istio } from "../../components/istio/istio.ts";
import { overrides } from "../../components/overrides.ts";
import { ServiceRouting } from "../../components/traffic/serviceRouting.ts";
import { product } from "../../versions.ts";

const { provider } = new ExistingCluster("cluster", {});
const istio = new Istio("istio", { profile: "demo", version: product.istio }, { provider });
const namespace = new MeshNamespace("shop", {}, { provider });

// The compiler knows the subsets: a route to v3 is an error before anything runs.
new ServiceRouting(
  "cart",
  {
    namespace,
    mesh: istio,
    subsets: { v1: {}, v2: {} },
    routes: [{ to: { v1: 90, v2: 10 }, timeout: "2s" }],
  },
  // A field that the arguments do not have; the compiler knows Istio's.
  { provider, transforms: [overrides({ VirtualService: { http: { 0: { name: "primary" } } } })] },
);

export const ingress = istio.ingressGateway.address;
