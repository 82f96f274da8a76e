import type { ObjectRule } from "../../engine/rule.ts";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

/** Its images ask for no token unless they are told to; those of Amazon Linux 2023 and Bottlerocket do. */
const AMAZON_LINUX_2 = "AL2_";

export const eksNodesRequireMetadataTokens: ObjectRule = {
  id: "eks-nodes-require-metadata-tokens",
  title: "Nodes require tokens for instance metadata: IMDSv2.",
  rationale: "Without it, a single forged request from a Pod can obtain the credentials of the node.",
  remediation: "Set metadataOptions.httpTokens to required in the launch template, or enableIMDSv2 in @pulumi/eks.",
  severity: "high",
  environment: true,
  codes: [],
  kinds: [TEMPLATE, "aws:ec2/instance:Instance", "aws:eks/nodeGroup:NodeGroup"],

  *check({ kind, root }) {
    if (kind === "aws:eks/nodeGroup:NodeGroup") {
      const type = root.at("amiType");
      if (root.at("launchTemplate").isAbsent() && type.string()?.startsWith(AMAZON_LINUX_2) === true) {
        yield { path: type.path, message: "use Amazon Linux 2023, or a launch template that requires tokens" };
      }
      return;
    }
    const options = root.at("metadataOptions");
    const tokens = options.at("httpTokens");
    const endpoint = options.at("httpEndpoint");
    if (endpoint.isUnknown() || endpoint.string() === "disabled" || tokens.isUnknown()) return;
    if (tokens.string() !== "required") yield { path: tokens.path, message: "set it to required" };
  },

  *remedy({ kind, root }) {
    const options = root.at("metadataOptions");
    const tokens = options.at("httpTokens");
    if (kind !== TEMPLATE || options.at("httpEndpoint").string() === "disabled") return;
    if (tokens.isUnknown() || tokens.string() === "required") return;
    yield { path: ["metadataOptions", "httpTokens"], value: "required" };
    // EC2 wants the one with the other; a pod is one hop further away than its node.
    if (options.at("httpEndpoint").isAbsent()) yield { path: ["metadataOptions", "httpEndpoint"], value: "enabled" };
    if (options.at("httpPutResponseHopLimit").isAbsent()) {
      yield { path: ["metadataOptions", "httpPutResponseHopLimit"], value: 2 };
    }
  },
};
