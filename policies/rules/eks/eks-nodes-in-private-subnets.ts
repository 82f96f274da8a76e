import type { Mesh } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";

export const eksNodesInPrivateSubnets: MeshRule = {
  id: "eks-nodes-in-private-subnets",
  title: "Nodes have no public IP addresses.",
  rationale:
    "With a public address, anything that listens on the node, including NodePorts, is reachable without the load balancer.",
  remediation: "Put the nodes in private subnets, with a NAT gateway or VPC endpoints for outbound traffic.",
  severity: "high",
  environment: true,
  codes: [],

  *checkMesh(mesh) {
    for (const object of mesh.all("aws:ec2/launchTemplate:LaunchTemplate")) {
      for (const network of object.root.at("networkInterfaces").items()) {
        const address = network.at("associatePublicIpAddress");
        if (address.string() === "true" || address.boolean() === true) {
          yield { object, path: address.path, message: "disable public IP addresses for nodes" };
        }
      }
    }
    const subnets = mesh.derive(readPublicSubnets);
    // Without public subnets nobody has to wait for the ids of the others.
    if (subnets.size === 0) return;
    for (const object of mesh.all("aws:eks/nodeGroup:NodeGroup")) {
      for (const subnet of object.root.at("subnetIds").items()) {
        const id = subnet.string();
        if (id !== undefined && subnets.has(id)) {
          yield { object, path: subnet.path, message: "use a subnet that assigns no public IP addresses" };
        }
      }
    }
  },
};

/** Ids of the subnets that give each machine a public address; the empty one stands for those that are not made yet. */
function readPublicSubnets(mesh: Mesh): ReadonlySet<string> {
  return new Set(
    mesh
      .all("aws:ec2/subnet:Subnet")
      .filter(({ root }) => root.at("mapPublicIpOnLaunch").boolean() === true)
      .map(({ root }) => root.at("id").string() ?? ""),
  );
}
