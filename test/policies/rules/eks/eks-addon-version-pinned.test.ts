import { eksAddonVersionPinned } from "../../../../policies/rules/eks/eks-addon-version-pinned.ts";
import { describeRule, type Resource } from "../../describeRule.ts";
import { eksCluster } from "../../eks.ts";
import { unknown } from "../../judge.ts";

const addon = (props: object, type = "aws:eks/addon:Addon", partOf?: string[]): Resource => ({
  type,
  props: { clusterName: "mesh", addonName: "coredns", ...props },
  ...(partOf && { partOf }),
});
const version = "v1.13.2-eksbuild.1";
const pinned = {
  vpcCniOptions: { addonVersion: version },
  kubeProxyAddonOptions: { version },
  corednsAddonOptions: { version },
};

describeRule(eksAddonVersionPinned, {
  accepts: {
    "an add-on with a version": [addon({ addonVersion: version })],
    "one of @pulumi/eks": [addon({ addonVersion: version }, "eks:index:Addon")],
    "a component with versions": [eksCluster(pinned)],
    "a component that AWS runs": [eksCluster({ autoMode: { enabled: true } })],
    "a component without add-ons": [
      eksCluster({ useDefaultVpcCni: true, kubeProxyAddonOptions: { enabled: false }, skipDefaultNodeGroup: true }),
    ],
    "a component whose arguments can not be seen": [eksCluster({})],
  },
  refuses: {
    "an add-on without a version": [[addon({})], "0 addonVersion"],
    "one of @pulumi/eks without": [[addon({}, "eks:index:Addon")], "0 addonVersion"],
    "a component without versions": [
      [eksCluster({ version: "1.35" })],
      "0 vpcCniOptions.addonVersion",
      "0 kubeProxyAddonOptions.version",
      "0 corednsAddonOptions.version",
    ],
    "a component without one of them, but not its part too": [
      [
        eksCluster({ ...pinned, kubeProxyAddonOptions: {} }),
        addon({ addonVersion: unknown.text }, "aws:eks/addon:Addon", ["eks:index:Cluster"]),
      ],
      "0 kubeProxyAddonOptions.version",
    ],
    "CoreDNS that is asked for": [
      [
        eksCluster({
          ...pinned,
          skipDefaultNodeGroup: true,
          corednsAddonOptions: { enabled: true },
        }),
      ],
      "0 corednsAddonOptions.version",
    ],
  },
  waits: { "a computed version": [[addon({ addonVersion: unknown.text })], "0 addonVersion"] },
});
