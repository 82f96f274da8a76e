// The stack dev on EKS, from its beginning to its end; those of the others are in test/long. Costs about three minutes.
import { afterAll, beforeAll, expect, it } from "vitest";
import { EksGround, well, withEks, withNodes } from "./eksGround.ts";
import { stackLife, type Life } from "./eksLife.ts";

let ground: EksGround;
beforeAll(async () => {
  ground = await EksGround.of("eks", ["dev"]);
}, 600_000);
afterAll(() => ground.end());

const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

function stops({ stack, up }: Life): void {
  it("goes on from where AWS stopped it, and from what EKS left behind", async () => {
    const account = ground.account(stack);
    const logGroup = { type: "aws:cloudwatch/logGroup:LogGroup", id: "/aws/eks/mesh-dev/cluster" };
    account.put({ ...logGroup, properties: { name: logGroup.id, logGroupClass: "STANDARD", retentionInDays: 0 } });
    const types = () => ground.resources(stack).map(({ type }) => type);

    ground.faults(stack, { type: "aws:eks/cluster:Cluster", operation: "create", fault: "half-made" });
    const first = await up();
    expect(first.exitCode).not.toBe(0);
    expect(first.output).toContain("unexpected state 'CREATE_FAILED'");
    expect(types()).toContain("aws:eks/cluster:Cluster");
    expect(first.output).toContain(`The log group ${logGroup.id} is there, its cluster mesh-dev is not`);
    expect(account.find(logGroup.type, logGroup.id)?.properties).toMatchObject({
      retentionInDays: 7,
      tags: { Name: "mesh-dev" },
    });

    ground.faults(stack, { type: "aws:eks/nodeGroup:NodeGroup", operation: "create", fault: "quota" });
    const second = await up();
    expect(second.exitCode).not.toBe(0);
    expect(second.output).toContain("ResourceLimitExceededException");
    expect(types()).toEqual(expect.not.arrayContaining(["aws:eks/nodeGroup:NodeGroup"]));
    ground.faults(stack);
  });
}

function sizes({ stack, up }: Life): void {
  it("keeps nodes and access when their bounds and names change", async () => {
    const configure = (bounds: object, access: object) => {
      ground.clone.configure((config) => withNodes(withEks(config, { access }), bounds), stack);
    };
    const entries = () => ground.inAws(stack).filter(({ type }) => type.startsWith("aws:eks/access"));
    /** What an autoscaler does. */
    const scale = (desiredSize: number) => {
      const { properties, ...group } = nodeGroup();
      const scalingConfig = { ...(properties.scalingConfig as object), desiredSize };
      ground.account(stack).put({ ...group, properties: { ...properties, scalingConfig } });
    };
    const nodeGroup = () => {
      const [group, ...others] = ground.inAws(stack).filter(({ type }) => type === "aws:eks/nodeGroup:NodeGroup");
      if (!group || others.length > 0) throw new Error("the account has not one node group");
      return group;
    };
    const admin = { principal: role("developers"), level: "cluster-admin" };
    const viewer = { principal: role("viewers"), level: "view" };
    const { id } = nodeGroup();
    /** The group is the same one, with these numbers of nodes. */
    const expectNodes = (minSize: number, desiredSize: number, maxSize: number) => {
      expect(nodeGroup()).toMatchObject({ id, properties: { scalingConfig: { minSize, desiredSize, maxSize } } });
    };

    // The fewest become more than there are; one more comes in.
    configure({ min: 3, max: 4 }, { developers: admin, viewers: viewer });
    well(await up());
    expectNodes(3, 3, 4);
    expect(entries()).toHaveLength(4);

    // An autoscaler was there, the most become more; two change their names.
    scale(4);
    const before = entries();
    configure({ min: 3, max: 8 }, { viewers: admin, developers: viewer });
    well(await up());
    expectNodes(3, 4, 8);
    expect(entries()).toEqual(before);

    // Both become fewer; one has a new name.
    scale(5);
    configure({ min: 1, max: 6 }, { team: admin, developers: viewer });
    well(await up());
    expectNodes(1, 5, 6);
    expect(entries()).toEqual(before);

    // An autoscaler alone is no change.
    scale(2);
    well(await ground.pulumi(stack, "preview --expect-no-changes"));
  });
}

stackLife(() => ground, "dev", { before: stops, during: sizes });
