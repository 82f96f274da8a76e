import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it, vi } from "vitest";
import { checkWithAws } from "../../../components/cluster/eks/checkWithAws.ts";
import { openCluster } from "../../../components/cluster/openCluster.ts";
import { noAnswer, record, type RecordOptions } from "../../recorder.ts";
import { awsCalls, awsOutputs, CLUSTER_TYPES, session } from "./eks/aws.ts";

const CALLER = "aws:index/getCallerIdentity:getCallerIdentity";
const ZONES = "aws:index/getAvailabilityZones:getAvailabilityZones";
const ADDON = "aws:eks/getAddonVersion:getAddonVersion";
const ROLE = "arn:aws:iam::111122223333:role";

const eks = {
  cluster: "mesh-test",
  region: "eu-west-1",
  access: { ci: { principal: `${ROLE}/ci`, level: "cluster-admin" } },
  nodes: { default: { instanceTypes: ["m7g.large"], min: 2, max: 4 } },
} as const;

/** What the check says to these settings, given these answers. */
async function check(settings: object, calls: RecordOptions["calls"] = {}, preview = false) {
  let said = "nothing";
  const program = async () => {
    said = await checkWithAws({ ...eks, ...settings }).then(
      () => "nothing",
      (error: unknown) => (pulumi.RunError.isInstance(error) ? error.message : `no RunError: ${String(error)}`),
    );
  };
  await record(program, /^$/, { preview, calls: { ...awsCalls(), ...calls } });
  return said;
}

describe("a cluster that is to be made", () => {
  it.each([false, true])("waits for what AWS says of who runs the program (preview: %s)", async (preview) => {
    const made: string[] = [];
    let before: number | undefined;
    await record(() => openCluster("cluster", { eks }, "demo"), CLUSTER_TYPES, {
      preview,
      outputs: (resource) => {
        made.push(resource.name);
        return awsOutputs(resource);
      },
      calls: {
        ...awsCalls(),
        [CALLER]: async () => {
          await new Promise((resolve) => setTimeout(resolve, 300));
          before = made.length;
          return { arn: session("111122223333", "ci"), accountId: "111122223333" };
        },
      },
    });
    expect(before).toBe(0);
    expect(made.length).toBeGreaterThan(50);
  });

  it("is not begun where AWS says that they do not come in", async () => {
    const made: string[] = [];
    const stranger = record(() => openCluster("cluster", { eks }, "demo"), CLUSTER_TYPES, {
      outputs: ({ name }) => ({ made: made.push(name) }),
      calls: awsCalls(session("111122223333", "other")),
    });
    await expect(stranger).rejects.toThrow("mesh:cluster.eks.access.other is missing");
    expect(made).toEqual([]);
  });
});

describe("AWS is asked", () => {
  it("and has nothing against settings that are right", async () => {
    expect(await check({})).toBe("nothing");
  });

  describe("which key a cluster has that is there", () => {
    const [key, other] = ["0", "1"].map((digit) => `arn:aws:kms:eu-west-1:111122223333:key/${digit}`);
    const inAws = (tags: object): RecordOptions["calls"] => ({
      "aws:eks/getClusters:getClusters": () => ({ names: ["mesh-test"] }),
      "aws:eks/getCluster:getCluster": ({ name }) => ({ name, tags }),
    });
    const wrong = "mesh:cluster.eks.encryptionKey must be";

    it("and lets it keep that one", async () => {
      expect(await check({ encryptionKey: key })).toBe("nothing");
      expect(await check({ encryptionKey: key }, inAws({ "encryption-key": key }))).toBe("nothing");
      expect(await check({}, inAws({ Name: "mesh-test" }))).toBe("nothing");
    });

    it("and refuses another, with which its own would be deleted", async () => {
      expect(await check({ encryptionKey: key }, inAws({ Name: "mesh-test" }))).toContain(
        `${wrong} left out: mesh-test`,
      );
      expect(await check({ encryptionKey: key }, inAws({ "encryption-key": other }))).toContain(`${wrong} ${other}: `);
      expect(await check({}, inAws({ "encryption-key": key }))).toContain(`${wrong} ${key}: mesh-test is there`);
    });
  });

  it("which path its role has, and does not let it have another, which would replace it", async () => {
    const inAws = (roleArn: string): RecordOptions["calls"] => ({
      "aws:eks/getClusters:getClusters": () => ({ names: ["mesh-test"] }),
      "aws:eks/getCluster:getCluster": () => ({ tags: {}, roleArn }),
    });
    const [plain, deep] = [inAws(`${ROLE}/eks-0a1b2c3`), inAws(`${ROLE}/platform/mesh/eks-0a1b2c3`)];
    const wrong = "mesh:cluster.eks.iam.path must be";
    const boundary = { permissionsBoundary: "arn:aws:iam::111122223333:policy/b" };
    expect(await check({ iam: boundary }, plain)).toBe("nothing");
    expect(await check({ iam: { path: "/platform/mesh/" } }, deep)).toBe("nothing");
    expect(await check({ iam: { path: "/platform/" } })).toBe("nothing");
    expect(await check({ iam: { path: "/platform/" } }, plain)).toContain(`${wrong} /: the role of mesh-test`);
    expect(await check({}, deep)).toContain(`${wrong} /platform/mesh/: `);
  });

  it("which addresses a cluster has that is there, and does not let it have others, which EKS never gives it", async () => {
    const inAws = (ipFamily: string): RecordOptions["calls"] => ({
      "aws:eks/getClusters:getClusters": () => ({ names: ["mesh-test"] }),
      "aws:eks/getCluster:getCluster": () => ({ tags: {}, kubernetesNetworkConfigs: [{ ipFamily }] }),
    });
    const [ipv6, ipv4] = [{ network: { ipFamily: "ipv6" } }, { network: { ipFamily: "ipv4" } }];
    const wrong = "mesh:cluster.eks.network.ipFamily must be";
    expect(await check(ipv6)).toBe("nothing");
    expect(await check(ipv6, inAws("ipv6"))).toBe("nothing");
    for (const network of [{}, ipv4]) expect(await check(network, inAws("ipv4"))).toBe("nothing");
    expect(await check(ipv6, inAws("ipv4"))).toContain(`${wrong} ipv4: mesh-test is there`);
    for (const network of [{}, ipv4]) expect(await check(network, inAws("ipv6"))).toContain(`${wrong} ipv6: mesh-test`);
  });

  it("which range pods have addresses of, and does not let it be taken away from them", async () => {
    const ids = { a: "100.64.0.0/18", b: "100.64.64.0/18" };
    const inAws = (inUse: number): RecordOptions["calls"] => ({
      "aws:eks/getClusters:getClusters": () => ({ names: ["mesh-test"] }),
      "aws:eks/getCluster:getCluster": () => ({ tags: {} }),
      "aws:ec2/getSubnets:getSubnets": ({ filters }) => {
        const [{ name, values }] = filters as [{ name: string; values: string[] }];
        return {
          ids: Object.keys(ids).filter((zone) => name === "tag:Name" && values.includes(`mesh-test-pods-${zone}`)),
        };
      },
      "aws:ec2/getSubnet:getSubnet": ({ id }) => ({
        id,
        cidrBlock: ids[id as keyof typeof ids],
        // AWS keeps five of each subnet.
        availableIpAddressCount: 2 ** 14 - 5 - (id === "b" ? inUse : 0),
      }),
    });
    const [same, other] = ["100.64.0.0/16", "100.96.0.0/16"].map((podCidr) => ({ network: { podCidr } }));
    const path = "mesh:cluster.eks.network.podCidr";
    expect(await check({}, inAws(16))).toContain(
      `${path} is missing: it is 100.64.0.0/16, of which pods have addresses`,
    );
    expect(await check({ ...other }, inAws(16))).toContain(`${path} must be 100.64.0.0/16`);
    expect(await check({ ...same }, inAws(16))).toBe("nothing");
    // Where no node has an interface any longer.
    for (const settings of [{}, other, same]) expect(await check({ ...settings }, inAws(0))).toBe("nothing");
  });

  describe("of a network that is there", () => {
    const network = { vpcId: "vpc-1", privateSubnetIds: ["subnet-1", "subnet-2"], ipFamily: "ipv6" };
    const good = { ipv6CidrBlock: "2001:db8::/64", assignIpv6AddressOnCreation: true };
    const subnets = (second: object) => {
      const answer = vi.fn(({ id }: Readonly<Record<string, unknown>>) => ({
        id,
        ...good,
        ...(id === "subnet-2" && second),
      }));
      return { answer, calls: { "aws:ec2/getSubnet:getSubnet": answer } };
    };
    const PATH = "mesh:cluster.eks.network.privateSubnetIds[1]";

    it("whether its subnets have IPv6, and give it to machines", async () => {
      expect(await check({ network }, subnets({}).calls)).toBe("nothing");
      expect(
        await check({ network }, subnets({ ipv6CidrBlock: "", assignIpv6AddressOnCreation: false }).calls),
      ).toMatch(`${PATH} has no IPv6 range, which ipFamily: ipv6 needs`);
      expect(await check({ network }, subnets({ assignIpv6AddressOnCreation: false }).calls)).toMatch(
        "aws ec2 modify-subnet-attribute --subnet-id subnet-2 --assign-ipv6-address-on-creation",
      );
    });

    it("nothing where the cluster has IPv4", async () => {
      const { answer, calls } = subnets({ ipv6CidrBlock: "" });
      expect(await check({ network: { ...network, ipFamily: "ipv4" } }, calls)).toBe("nothing");
      expect(answer).not.toHaveBeenCalled();
    });
  });

  it("who runs the program, and where the zones are: all that is wrong is said at once", async () => {
    const network = { zones: ["a", "d"] };
    const said = await check({ network }, { [CALLER]: () => ({ arn: session("111122223333", "other") }) });
    expect(said).toMatch(
      /^2 settings are wrong in Pulumi\.test\.yaml:\n {2}mesh:cluster\.eks\.access\.other is missing: /,
    );
    expect(said).toContain(`write there { principal: "${ROLE}/other", level: cluster-admin }`);
    expect(said).toMatch(/\n {2}mesh:cluster\.eks\.network\.zones must be of those/);
  });

  it("for the path of the role, which the entry needs", async () => {
    const said = await check(
      {},
      {
        [CALLER]: () => ({ arn: session("111122223333", "other") }),
        "aws:iam/getRole:getRole": ({ name }) => ({ arn: `${ROLE}/teams/${String(name)}` }),
      },
    );
    expect(said).toContain(`{ principal: "${ROLE}/teams/other", level: cluster-admin }`);
  });

  it("for no zones of a network that is there", async () => {
    const network = { vpcId: "vpc-1", privateSubnetIds: ["subnet-1", "subnet-2"] };
    const zones = vi.fn(() => ({ names: [], zoneIds: [] }));
    expect(await check({ network }, { [ZONES]: zones })).toBe("nothing");
    expect(zones).not.toHaveBeenCalled();
  });

  it("for the add-ons of the cluster's Kubernetes: names that it does not know, and versions newer than its newest", async () => {
    const addons = {
      coredns: "v1.14.4-eksbuild.1",
      "aws-ebs-csi-driver": { version: "v1.63.1-eksbuild.2" },
      "snapshot-controler": "v8.5.0-eksbuild.3",
    };
    const newest: Record<string, string> = {
      coredns: "v1.14.3-eksbuild.12",
      "aws-ebs-csi-driver": "v1.63.1-eksbuild.1",
    };
    const asked: unknown[] = [];
    const said = await check(
      { version: "1.36", addons },
      {
        [ADDON]: (inputs) => {
          asked.push(inputs);
          const { addonName } = inputs as { addonName: string };
          if (addonName === "snapshot-controler") return noAnswer("Addon specified is not supported");
          return { version: newest[addonName] ?? "v999.0.0-eksbuild.1" };
        },
      },
    );
    expect(asked).toContainEqual({ addonName: "kube-proxy", kubernetesVersion: "1.36", mostRecent: true });
    expect(said).toMatch(/^3 settings are wrong/);
    expect(said).toMatch(
      /mesh:cluster\.eks\.addons\.coredns is v1\.14\.4-eksbuild\.1, which EKS does not have for Kubernetes 1\.36: its newest is v1\.14\.3-eksbuild\.12/,
    );
    expect(said).toMatch(
      /mesh:cluster\.eks\.addons\.aws-ebs-csi-driver\.version is v1\.63\.1-eksbuild\.2, .*eksbuild\.1/,
    );
    expect(said).toMatch(
      /addons\.snapshot-controler is an add-on .* did you mean snapshot-controller\? .*not supported/,
    );
  });

  it("for no add-ons that it brings itself", async () => {
    const asked: unknown[] = [];
    const answer = ({ addonName }: Readonly<Record<string, unknown>>) => {
      asked.push(addonName);
      return { version: "v999.0.0-eksbuild.1" };
    };
    await check({ nodes: "auto-mode", addons: { "cert-manager": "v1.21.0-eksbuild.3" } }, { [ADDON]: answer });
    expect(asked).toEqual(["metrics-server", "cert-manager"]);
  });

  it("and is heard in its own words where it does not answer", async () => {
    const said = await check(
      {},
      {
        [CALLER]: () => noAnswer("No valid credential sources found."),
      },
    );
    expect(said).toMatch(/No valid credential sources found\.$/);
    expect(said).not.toMatch(/^no RunError/);
  });
});

it("tells of instance types that it has not heard of, and goes on", async () => {
  const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
  const nodes = { default: { ...eks.nodes.default, instanceTypes: ["m10g.large", "m7g.large"] } };
  expect(await check({ nodes })).toBe("nothing");
  expect(warn.mock.calls.map(([message]) => message)).toEqual([expect.stringContaining("types m10g.large:")]);
});

it("tells in a preview of groups that nothing lets grow", async () => {
  const info = vi.spyOn(pulumi.log, "info").mockResolvedValue();
  const { default: grows } = eks.nodes;
  const nodes = { grows, stays: { ...grows, max: grows.min } };
  await check({ nodes });
  expect(info).not.toHaveBeenCalled();
  await check({ nodes }, {}, true);
  expect(info.mock.calls.map(([message]) => message)).toEqual([expect.stringMatching(/cluster-autoscaler: grows;/)]);
  info.mockClear();
  await check({ nodes, autoscaler: { name: "cluster-autoscaler" } }, {}, true);
  expect(info).not.toHaveBeenCalled();
});
