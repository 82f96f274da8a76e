import { partitionOf } from "./region.ts";

/** The parts of an IAM policy that this project writes. */
export interface Statement {
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** What the AWS Load Balancer Controller tags all its things with. */
const CLUSTER_TAG = "elbv2.k8s.aws/cluster";

/**
 * What the AWS Load Balancer Controller needs for Network Load Balancers of Services, and no more: nothing for
 * Ingresses (rules, WAF, Shield, Cognito), and whatever it changes or deletes has to bear the tag of this very cluster.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/
 */
export function loadBalancerPolicy({ cluster, region }: { readonly cluster: string; readonly region: string }) {
  const arn = (service: string, resource: string) => `arn:${partitionOf(region)}:${service}:${region}:*:${resource}`;
  const loadBalancers = arn("elasticloadbalancing", "loadbalancer/net/*/*");
  const targetGroups = arn("elasticloadbalancing", "targetgroup/*/*");
  const listeners = arn("elasticloadbalancing", "listener/net/*/*/*");
  const securityGroups = arn("ec2", "security-group/*");

  const isMadeOurs = { StringEquals: { [`aws:RequestTag/${CLUSTER_TAG}`]: cluster } };
  const isOurs = { StringEquals: { [`aws:ResourceTag/${CLUSTER_TAG}`]: cluster } };

  const statements: readonly Statement[] = [
    { Effect: "Allow", Action: readActions, Resource: "*" },
    {
      Effect: "Allow",
      Action: ["iam:CreateServiceLinkedRole"],
      Resource: "*",
      Condition: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
    },

    // Load balancers and target groups: made with the tag, changed where they have it.
    {
      Effect: "Allow",
      Action: ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"],
      Resource: [loadBalancers, targetGroups],
      Condition: isMadeOurs,
    },
    {
      Effect: "Allow",
      Action: ["elasticloadbalancing:AddTags"],
      Resource: [loadBalancers, targetGroups, listeners],
      Condition: {
        StringEquals: {
          ...isMadeOurs.StringEquals,
          "elasticloadbalancing:CreateAction": ["CreateLoadBalancer", "CreateTargetGroup", "CreateListener"],
        },
      },
    },
    {
      Effect: "Allow",
      Action: ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags", ...changeActions],
      Resource: [loadBalancers, targetGroups, listeners],
      Condition: isOurs,
    },

    // Security groups of the load balancers, and the way from them to the nodes, whose group EKS has tagged.
    { Effect: "Allow", Action: ["ec2:CreateSecurityGroup"], Resource: arn("ec2", "vpc/*") },
    { Effect: "Allow", Action: ["ec2:CreateSecurityGroup"], Resource: securityGroups, Condition: isMadeOurs },
    {
      Effect: "Allow",
      Action: ["ec2:CreateTags"],
      Resource: securityGroups,
      Condition: { StringEquals: { ...isMadeOurs.StringEquals, "ec2:CreateAction": "CreateSecurityGroup" } },
    },
    {
      Effect: "Allow",
      Action: ["ec2:CreateTags", "ec2:DeleteTags", "ec2:DeleteSecurityGroup", ...ruleActions],
      Resource: securityGroups,
      Condition: isOurs,
    },
    {
      Effect: "Allow",
      Action: ruleActions,
      Resource: securityGroups,
      Condition: { StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${cluster}`]: "owned" } },
    },
  ];
  return { Version: "2012-10-17", Statement: statements };
}

const ruleActions = ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"];

/** To look around; AWS knows no narrower resource for these. */
const readActions = [
  "ec2:DescribeAccountAttributes",
  "ec2:DescribeAddresses",
  "ec2:DescribeAvailabilityZones",
  "ec2:DescribeInstances",
  "ec2:DescribeInternetGateways",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeRouteTables",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeTags",
  "ec2:DescribeVpcs",
  "ec2:GetSecurityGroupsForVpc",
  "elasticloadbalancing:DescribeCapacityReservation",
  "elasticloadbalancing:DescribeListenerAttributes",
  "elasticloadbalancing:DescribeListenerCertificates",
  "elasticloadbalancing:DescribeListeners",
  "elasticloadbalancing:DescribeLoadBalancerAttributes",
  "elasticloadbalancing:DescribeLoadBalancers",
  "elasticloadbalancing:DescribeRules",
  "elasticloadbalancing:DescribeSSLPolicies",
  "elasticloadbalancing:DescribeTags",
  "elasticloadbalancing:DescribeTargetGroupAttributes",
  "elasticloadbalancing:DescribeTargetGroups",
  "elasticloadbalancing:DescribeTargetHealth",
];

const changeActions = [
  "elasticloadbalancing:AddListenerCertificates",
  "elasticloadbalancing:CreateListener",
  "elasticloadbalancing:DeleteListener",
  "elasticloadbalancing:DeleteLoadBalancer",
  "elasticloadbalancing:DeleteTargetGroup",
  "elasticloadbalancing:DeregisterTargets",
  "elasticloadbalancing:ModifyListener",
  "elasticloadbalancing:ModifyListenerAttributes",
  "elasticloadbalancing:ModifyLoadBalancerAttributes",
  "elasticloadbalancing:ModifyTargetGroup",
  "elasticloadbalancing:ModifyTargetGroupAttributes",
  "elasticloadbalancing:RegisterTargets",
  "elasticloadbalancing:RemoveListenerCertificates",
  "elasticloadbalancing:SetIpAddressType",
  "elasticloadbalancing:SetSecurityGroups",
  "elasticloadbalancing:SetSubnets",
];
