// The life of a stack on EKS, from its beginning in a backend to its end.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Made } from "./clone.ts";
import { NAMESPACES, well, type EksGround } from "./eksGround.ts";
import { deletions, type Step } from "./engineEvents.ts";

/** What has to be gone before the next begins to go. */
const ORDER: readonly (readonly [what: string, matches: (resource: Step) => boolean])[] = [
  [
    "routes, applications and gateways",
    ({ type, name }) =>
      /networking\.istio\.io|apps\/v1:Deployment/.test(type) ||
      (type.endsWith(":Release") && /(in|e)gress$/.test(name)),
  ],
  ["istiod", ({ type, name }) => type.endsWith(":Release") && name.includes("istiod")],
  ["the base of Istio", ({ type, name }) => type.endsWith(":Release") && name.includes("base")],
  ["the load balancer controller", ({ type, name }) => type.endsWith(":Release") && !name.includes("istio")],
  ["nodes", ({ type }) => type.endsWith(":NodeGroup")],
  ["the cluster", ({ type }) => type === "aws:eks/cluster:Cluster"],
  ["subnets", ({ type }) => type.endsWith(":Subnet")],
  ["the network", ({ type }) => type.endsWith(":Vpc")],
];

/** What a cluster whose nodes AWS runs does without. */
const NOT_IN_AUTO_MODE = ["the load balancer controller", "nodes"];

/** What a test of its own does to the stack. */
export interface Life {
  readonly ground: () => EksGround;
  readonly stack: string;
  /** `pulumi up` with the policy pack. */
  readonly up: (more?: string) => Promise<Made>;
}

/** Tests that only this stack needs. */
export interface Own {
  /** Before it is made. */
  readonly before?: (life: Life) => void;
  /** While it is there. */
  readonly during?: (life: Life) => void;
}

export function stackLife(ground: () => EksGround, stack: string, own: Own = {}): void {
  describe(`the stack ${stack}`, () => {
    const pulumi = (args: string) => ground().pulumi(stack, args);
    const pack = `--policy-pack policies --policy-pack-config policies/config/${stack}.json`;
    const up = (more = "") => pulumi(`up --yes --skip-preview --parallel 64 ${pack} ${more}`);
    const life: Life = { ground, stack, up };

    it("begins in a backend of its own", async () => {
      well(await ground().make(stack, "init"));
    });

    it("is previewed, says what is stood in for, and passes the policy pack", async () => {
      const { output } = well(await ground().make(stack, "preview"));
      expect(output).toContain("the AWS plugin is a stand-in");
      expect(output).toMatch(/\+ \d+ to create/);
      expect(output).toMatch(/about \$\d+ a month, an estimate/);
      expect(output).toContain(`The whole diff: make preview STACK=${stack} ARGS=--diff`);
      expect(output).not.toContain("[mandatory]");
    });

    it("is not begun by somebody whom its cluster does not let in", async () => {
      const stranger = "MESH_AWS_CALLER=arn:aws:iam::111122223333:role/teams/stranger";
      const { exitCode, output } = await ground().make(stack, "preview", stranger);
      expect(exitCode).not.toBe(0);
      expect(output).toContain("mesh:cluster.eks.access.stranger is missing");
      expect(output).toMatch(/\+ 1 to create/); // the stack itself
      expect(ground().inAws(stack)).toEqual([]);
    });

    own.before?.(life);

    it("is made", async () => {
      expect(well(await up()).output).toMatch(/Resources:\s+(\+ )?\d+/);
      const types = ground()
        .resources(stack)
        .map(({ type }) => type);
      expect(types).toContain("kubernetes:networking.istio.io/v1:VirtualService");
    });

    it("changes nothing when it is read back and run again", async () => {
      well(await pulumi("preview --refresh --expect-no-changes"));
    });

    own.during?.(life);

    it("keeps no secret in plain state", () => {
      const key = /client-key-data: (\S+)/.exec(readFileSync(ground().kubeconfig, "utf8"))?.[1] ?? "";
      expect(key.length).toBeGreaterThan(100);
      expect(ground().state(stack)).toContain(`"type":"aws:eks/cluster:Cluster"`);
      expect(ground().state(stack)).not.toContain(key);
    });

    it("is destroyed in the order in which nothing is left behind", async () => {
      const log = join(ground().clone.folder, `${stack}.events`);
      well(await pulumi(`destroy --yes --skip-preview --event-log ${log}`));
      const gone = deletions(readFileSync(log, "utf8"));
      const groups = ORDER.map(([what, matches]) => ({ what, members: gone.filter(matches) }));
      const empty = groups.filter(({ members }) => members.length === 0).map(({ what }) => what);
      expect(empty).toEqual(stack === "auto" ? NOT_IN_AUTO_MODE : []);
      for (const [index, { what, members }] of groups.entries()) {
        const later = groups.slice(index + 1).flatMap((group) => group.members);
        const last = Math.max(...members.map(({ end }) => end));
        const early = later.filter(({ begin }) => begin < last).map(({ name }) => name);
        expect(early, `begun before ${what} were gone`).toEqual([]);
      }
      expect(ground().inAws(stack)).toEqual([]);
      expect(await ground().namespaces()).toEqual(NAMESPACES);
    });
  });
}
