// The workflows on a cluster: a deployment that fails and takes traffic back, drift and its issue, and a report that is measured.
// Costs about twelve minutes.
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../lib/process.ts";
import { run } from "../../lib/run.ts";
import { testbedDown, testbedUp } from "../../testbed/cluster.ts";
import { testbedOverlay } from "../../testbed/overlay.ts";
import { backendFolder, backendUrl } from "../../tools/stack/stackFolder.ts";
import { githubStandIn } from "../codeHost/github.ts";
import { gitlabStandIn } from "../codeHost/gitlab.ts";
import { Clone } from "../e2e/clone.ts";
import { runGitlabJob } from "../e2e/gitlabJob.ts";
import { kubectlOn } from "../e2e/kubectlOn.ts";
import { runJob } from "../e2e/workflowSteps.ts";

const TOKEN = "of-the-run";

describe("the workflows", () => {
  let clone: Clone;
  const kubectl = (...args: string[]) => kubectlOn(clone.kubeconfig, ...args);
  const inBookinfo = (...args: string[]) => kubectl("-n", "bookinfo", ...args);
  const weightsOf = (kind = "virtualservice", name = "reviews-routes") =>
    inBookinfo("get", kind, name, "-o", "jsonpath={.spec.http[*].route[*].weight}");
  const hosts = () =>
    inBookinfo("get", "gateway.networking.istio.io", "-o", "jsonpath={.items[*].spec.servers[0].hosts}");

  const git = (...args: string[]) => {
    const who = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.com"];
    return run("git", ["-C", clone.folder, ...who, ...args]);
  };
  async function commit(v1: number, names: readonly string[]): Promise<string> {
    clone.configure((config) => ({
      ...config,
      "mesh:bookinfo": { hosts: names },
      "mesh:traffic": { reviews: { subsets: { v1: {}, v3: {} }, routes: [{ to: { v1, v3: 100 - v1 } }] } },
    }));
    await git("add", "Pulumi.local.yaml");
    await git("commit", "--quiet", "--message", `${v1} %`);
    return (await git("rev-parse", "HEAD")).trim();
  }

  const job = (name: string, context: Record<string, string> = {}, env: Record<string, string> = {}) =>
    runJob(join(clone.folder, `.github/workflows/${name}.yaml`), name, {
      cwd: clone.folder,
      context: {
        "matrix.stack": "local",
        "vars.PULUMI_BACKEND_URL": backendUrl(backendFolder("local", clone.folder)),
        "github.token": TOKEN,
        ...context,
      },
      env: { GITHUB_REPOSITORY: "acme/mesh", ...env },
    });

  beforeAll(async () => {
    clone = await Clone.of();
    clone.configure((config) => ({ ...config, "mesh:observability": { enabled: false } }));
    await git("init", "--quiet");
    await commit(100, ["bookinfo.localhost"]);
    await clone.makeWell("up");
  });
  afterAll(async () => {
    await clone.make("down");
    clone.remove();
  });

  it("a deployment whose traffic does not do as declared takes the traffic settings back, and stays a failed one", async () => {
    const before = (await git("rev-parse", "HEAD")).trim();
    await commit(70, ["bookinfo.localhost", "other.localhost"]);
    // Nobody answers for the version that the change sends requests to.
    await inBookinfo("scale", "deployment", "reviews-v3", "--replicas=0");
    const ran = await job("deploy", { "github.event.before": before });
    expect(ran.steps, ran.output).toEqual({ up: "success", verify: "failure", "way back": "success" });
    expect(ran.conclusion).toBe("failure");
    expect(ran.summary).toContain("**The traffic settings of the stack `local` were taken back**");
    expect(ran.summary).toContain("- `mesh:traffic.reviews`\n");
    // In the last step, verify agreed.
    expect(await weightsOf()).toBe("100 0");
    expect(await hosts()).toContain("other.localhost");
    await inBookinfo("scale", "deployment", "reviews-v3", "--replicas=1");
    await inBookinfo("rollout", "status", "deployment/reviews-v3", "--timeout=120s");
  });

  it("what somebody changes by hand becomes an issue, which is closed once it is put back", async () => {
    const host = await githubStandIn(TOKEN);
    const env = { GITHUB_API_URL: host.url };
    expect((await job("drift", {}, env)).conclusion).toBe("success");
    expect(host.issues).toEqual([]);
    const patch = JSON.stringify([{ op: "replace", path: "/spec/http/0/route/0/weight", value: 60 }]);
    await inBookinfo("patch", "virtualservice", "reviews-routes", "--type=json", "-p", patch);
    for (let night = 0; night < 2; night += 1) {
      const ran = await job("drift", {}, env);
      expect(ran.steps, ran.output).toEqual({ drift: "failure", issue: "success" });
    }
    expect(host.issues).toHaveLength(1);
    expect(host.issues[0]).toMatchObject({ title: "The stack local is not as it was deployed", state: "open" });
    expect(host.issues[0]?.body).toContain("VirtualService reviews-routes (bookinfo/reviews-routes)");
    expect(host.issues[0]?.body).toContain(String.raw`spec.http\[0\].route\[0\].weight`);
    await clone.makeWell("up", "ARGS=--refresh");
    expect(await weightsOf()).toBe("100 0");
    expect((await job("drift", {}, env)).conclusion).toBe("success");
    expect(host.issues[0]?.state).toBe("closed");
    host.close();
  });

  it("the same report is a comment on a merge request of GitLab", async () => {
    await commit(80, ["bookinfo.localhost", "other.localhost"]);
    const host = await gitlabStandIn(TOKEN);
    const { exitCode, stderr } = await runGitlabJob(join(clone.folder, ".gitlab-ci.yml"), "report", clone.folder, {
      ...{
        GITLAB_CI: "true",
        CI_API_V4_URL: host.url,
        CI_PROJECT_ID: "42",
        CI_MERGE_REQUEST_IID: "7",
        GITLAB_TOKEN: TOKEN,
      },
      ...{ CI_PROJECT_DIR: clone.folder, AWS_ID_TOKEN: "a-token", STACK: "local", STACKS: "local" },
      PULUMI_BACKEND_URL: backendUrl(backendFolder("local", clone.folder)),
    });
    rmSync(`${clone.folder}.tmp`, { recursive: true });
    expect(exitCode, stderr).toBe(0);
    expect(host.calls.at(-1)).toBe("POST /projects/42/merge_requests/7/notes");
    expect(host.notes[0]?.body).toContain("| all requests | v1 | **80 % v1; 20 % v3** |");
    host.close();
  });

  describe("a report that is measured", () => {
    const left = () => existsSync(join(clone.folder, ".state/measure"));
    const objects = () =>
      kubectl(
        "get",
        "virtualservices,destinationrules,deployments",
        "-A",
        "-o",
        "jsonpath={.items[*].metadata.uid}{.items[*].metadata.generation}",
      );

    it("is killed, and leaves only what the next run removes", async () => {
      const { process: make, output, done } = clone.start("report", "MEASURE=1");
      await until("the mesh to be made", 240, () => {
        if (make.exitCode !== null) throw new Error(`make report ended too early:\n${output()}`);
        return output().includes("making a mesh to measure on: still") || undefined;
      });
      process.kill(-(make.pid ?? NaN), "SIGKILL");
      await done;
      expect(left()).toBe(true);
    });

    it("says what requests came to, and touches nothing that is there", async () => {
      const before = await objects();
      const { stdout } = await clone.makeWell("-s", "report", "MEASURE=1", "ARGS=--json");
      const [report] = JSON.parse(stdout) as [{ measured: { findings: { checks: Record<string, string>[] }[] } }];
      const checks = report.measured.findings.flatMap((finding) => finding.checks);
      expect(checks.length).toBeGreaterThan(3);
      expect(checks.filter(({ verdict }) => verdict !== "ok")).toEqual([]);
      const share = checks.find(({ what }) => what === "share of v1");
      expect(share).toMatchObject({ declared: "80%" });
      expect(share?.measured).toMatch(/^[78]\d\.\d% \(\d+ of \d+\)$/);
      expect(share?.allowed).toMatch(/^7\d\.\d% to 8\d\.\d%$/);
      expect(await objects()).toBe(before);
      expect(await weightsOf()).toBe("100 0");
      expect(left()).toBe(false);
    });

    it.each([
      ["nowhere", "has no context nowhere"],
      ["testbed", "the cluster has a mesh already, which is not touched: there is bookinfo"],
    ])(
      "goes onto no cluster but one without a mesh, as %s is none, and is a report all the same",
      async (context, why) => {
        const before = await objects();
        const env = { KUBECONFIG: clone.kubeconfig, MAKEFLAGS: "", STACK: "local", CONTEXT: "" };
        const text = await run("make", ["-s", "report", `MEASURE=${context}`], { cwd: clone.folder, env });
        expect(/\*\*Not measured: (.*)\*\*/.exec(text)?.[1]).toContain(why);
        expect(text).toContain("| all requests | v1 | **80 % v1; 20 % v3** |");
        expect(await objects()).toBe(before);
        expect(left()).toBe(false);
      },
    );

    it("goes onto a cluster without a mesh by its context, and leaves none there", async () => {
      const { instance, programs } = await testbedUp("to-measure-on");
      try {
        // The images and charts that this cluster has, as somebody with a registry of their own would name them.
        const { "mesh:istio": istio } = testbedOverlay(instance, programs.istioModule);
        const gateway = { ingressGateway: { type: "ClusterIP" } };
        clone.configure((config) => ({ ...config, "mesh:istio": { ...(istio as object), ...gateway } }));
        const env = { KUBECONFIG: instance.kubeconfig, MAKEFLAGS: "", STACK: "local", CONTEXT: "" };
        const text = await run("make", ["-s", "report", "MEASURE=testbed"], { cwd: clone.folder, env });
        expect(text).toMatch(/^<!-- mesh-report -->\n/);
        expect(text).toMatch(/Measured with \d+ requests: [1-9]\d* ok, 0 wrong/);
        const get = ["get", "namespaces", "-o", "jsonpath={.items[*].metadata.name}"];
        const namespaces = (await kubectlOn(instance.kubeconfig, ...get)).split(" ").sort();
        expect(namespaces).toEqual(["default", "kube-node-lease", "kube-public", "kube-system"]);
        expect(left()).toBe(false);
      } finally {
        await testbedDown("to-measure-on");
      }
    });
  });
});
