import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, describe, expect, it, vi } from "vitest";
import { chartReference } from "../../../components/istio/charts.ts";

const root = fs.mkdtempSync(path.join(os.tmpdir(), "charts-"));

/** A folder with these files. */
function folder(name: string, files: readonly string[]): string {
  for (const file of files) {
    fs.mkdirSync(path.join(root, name, path.dirname(file)), { recursive: true });
    fs.writeFileSync(path.join(root, name, file), "");
  }
  return path.join(root, name);
}

describe("the chart that a Release installs", () => {
  afterAll(() => {
    fs.rmSync(root, { recursive: true });
  });

  it("comes from a repository, by name and version", () => {
    expect(chartReference({ repository: "https://charts.example.com" }, "istiod", "1.31.1")).toEqual({
      chart: "istiod",
      version: "1.31.1",
      repositoryOpts: { repo: "https://charts.example.com" },
    });
  });

  it.each(["oci://registry.example.com/charts", "oci://registry.example.com/charts/"])(
    "comes from the registry %s",
    (oci) => {
      expect(chartReference({ oci }, "base", "1.31.1")).toEqual({
        chart: "oci://registry.example.com/charts/base",
        version: "1.31.1",
      });
    },
  );

  const unpacked = folder("unpacked", ["base/Chart.yaml", "istiod/Chart.yaml", "gateway/Chart.yaml"]);
  const packed = folder("packed", ["base-1.31.1.tgz", "istiod-1.31.1.tgz", "istiod-1.31.0.tgz", "gateway-1.31.1.tgz"]);
  const source = folder("source", [
    "base/Chart.yaml",
    "istio-control/istio-discovery/Chart.yaml",
    "gateway/Chart.yaml",
  ]);

  it.each([
    ["unpacked", unpacked, { base: "base", istiod: "istiod", gateway: "gateway" }],
    ["packed", packed, { base: "base-1.31.1.tgz", istiod: "istiod-1.31.1.tgz", gateway: "gateway-1.31.1.tgz" }],
    ["Istio's source", source, { base: "base", istiod: "istio-control/istio-discovery", gateway: "gateway" }],
  ])("comes from a folder, %s", (_layout, from, places) => {
    for (const [chart, place] of Object.entries(places)) {
      expect(chartReference({ folder: from }, chart as keyof typeof places, "1.31.1")).toEqual({
        chart: path.join(from, place),
      });
    }
  });

  const chartOf = (name: string, version: string, ...others: string[]) => {
    const place = folder(name, ["istiod/Chart.yaml", "grafana/Chart.yaml", ...others]);
    for (const chart of ["istiod", "grafana"]) {
      fs.writeFileSync(path.join(place, chart, "Chart.yaml"), `name: ${chart}\nversion: ${version}\n`);
    }
    return place;
  };

  it("is the archive of a version where another one is unpacked", () => {
    const both = chartOf("both", "1.30.4", "istiod-1.31.1.tgz");
    expect(chartReference({ folder: both }, "istiod", "1.31.1").chart).toBe(path.join(both, "istiod-1.31.1.tgz"));
    expect(chartReference({ folder: both }, "istiod", "1.30.4").chart).toBe(path.join(both, "istiod"));
  });

  it("is not one of Istio in another version, which would change nothing", () => {
    const other = chartOf("other", "1.30.4");
    expect(() => chartReference({ folder: other }, "istiod", "1.31.1")).toThrow(
      `the chart istiod in ${other} is of version 1.30.4, not 1.31.1: set mesh:istio.version to 1.30.4, ` +
        `or fetch the other with: helm pull istiod --version 1.31.1 --destination ${other}`,
    );
    // Tools have versions of their own, and Istio's source has none.
    expect(chartReference({ folder: other }, "grafana", "1.31.1").chart).toBe(path.join(other, "grafana"));
    for (const version of ["1.0.0", "v1.31.1"]) {
      const unpacked = chartOf(version, version);
      expect(chartReference({ folder: unpacked }, "istiod", "1.31.1").chart).toBe(path.join(unpacked, "istiod"));
    }
  });

  it("comes from a folder beside the project or in the home folder", () => {
    vi.stubEnv("HOME", root);
    const here = path.relative(fs.realpathSync("."), unpacked);
    expect(chartReference({ folder: here }, "base", "1.31.1").chart).toMatch(/^\.\/.*unpacked\/base$/);
    expect(chartReference({ folder: "~/unpacked" }, "base", "1.31.1").chart).toBe(path.join(unpacked, "base"));
    vi.unstubAllEnvs();
  });

  it("is asked for where the folder does not have it", () => {
    let error: unknown;
    try {
      chartReference({ folder: packed }, "istiod", "1.30.4");
    } catch (thrown) {
      error = thrown;
    }
    expect(pulumi.RunError.isInstance(error)).toBe(true);
    expect((error as Error).message).toBe(
      `there is no chart istiod in ${packed}: looked for istiod, istiod-1.30.4.tgz, istio-control/istio-discovery; ` +
        "fetch it with: helm pull istiod --version 1.30.4 --untar",
    );
  });
});
