import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { loadAll } from "js-yaml";
import { SOURCE_VERSION } from "../../istio/sourceVersion.ts";
import { mapOf } from "../../lib/untrusted.ts";

/** Where charts come from: one of the three. */
export type ChartSource =
  | {
      /** URL of a chart repository, e.g. `https://istio-release.storage.googleapis.com/charts`. */
      readonly repository: string;
    }
  | {
      /** URL of a registry that keeps charts as OCI artifacts, e.g. `oci://registry.istio.io/release/charts`. */
      readonly oci: string;
    }
  | {
      /**
       * A folder, for a machine without access to the others: charts as folders or archives, as `helm pull` leaves them,
       * or `manifests/charts` of Istio's source. A relative path starts at the project.
       */
      readonly folder: string;
    };

/** The charts of Istio that a mesh with sidecars consists of; `cni` where pods set up no network themselves. */
export type ChartName = "base" | "istiod" | "cni" | "gateway";

export const officialCharts: ChartSource = { repository: "https://istio-release.storage.googleapis.com/charts" };

/** Which chart a Release installs. */
export interface ChartReference {
  readonly chart: string;
  readonly version?: string;
  readonly repositoryOpts?: { readonly repo: string };
}

/**
 * The arguments of a Release that name a chart.
 *
 * @throws pulumi.RunError if a folder does not have the chart, or that of Istio in another version
 */
export function chartReference(source: ChartSource, chart: string, version: string): ChartReference {
  if ("repository" in source) return { chart, version, repositoryOpts: { repo: source.repository } };
  if ("oci" in source) return { chart: `${source.oci.replace(/\/$/, "")}/${chart}`, version };
  return { chart: chartInFolder(source.folder, chart, version) };
}

export const ISTIO_CHARTS: readonly ChartName[] = ["base", "istiod", "cni", "gateway"];

/** Path of a chart in Istio's source, where it differs from the chart's name. */
const SOURCE_PATHS: Readonly<Record<string, string>> = {
  istiod: "istio-control/istio-discovery",
  cni: "istio-cni",
};

function chartInFolder(folder: string, chart: string, version: string): string {
  const root = folder.replace(/^~(?=$|\/)/, os.homedir());
  const candidates = [
    { place: path.join(root, chart), proof: path.join(root, chart, "Chart.yaml") },
    { place: path.join(root, `${chart}-${version}.tgz`), proof: path.join(root, `${chart}-${version}.tgz`) },
    ...[SOURCE_PATHS[chart] ?? []].flat().map((inSource) => ({
      place: path.join(root, inSource),
      proof: path.join(root, inSource, "Chart.yaml"),
    })),
  ];
  const found = candidates.filter(({ proof }) => fs.existsSync(proof));
  const [first] = found;
  if (!first) {
    const tried = candidates.map(({ place }) => path.relative(root, place)).join(", ");
    throw new pulumi.RunError(
      `there is no chart ${chart} in ${folder}: looked for ${tried}; fetch it with: helm pull ${chart} --version ${version} --untar`,
    );
  }
  // One that is unpacked does not say its version by its name: a new version of Istio would change nothing.
  const fitting = found.find(({ proof }) => [undefined, SOURCE_VERSION, version].includes(unpackedVersion(proof)));
  if (!fitting && ISTIO_CHARTS.some((name) => name === chart)) {
    const is = unpackedVersion(first.proof) ?? "";
    throw new pulumi.RunError(
      `the chart ${chart} in ${folder} is of version ${is}, not ${version}: set mesh:istio.version to ${is}, or fetch the other with: ` +
        `helm pull ${chart} --version ${version} --destination ${folder}`,
    );
  }
  const { place } = fitting ?? first;
  // Helm takes a path without a leading dot for the name of a repository, if there is one of that name.
  return path.isAbsolute(place) ? place : `./${place}`;
}

/**
 * The version of a chart that is unpacked; nothing for an archive, and where it says none.
 * @param proof the archive, or the chart's `Chart.yaml`
 */
export function unpackedVersion(proof: string): string | undefined {
  if (proof.endsWith(".tgz")) return undefined;
  // An empty file holds no document.
  const [chart] = loadAll(fs.readFileSync(proof, "utf8"));
  const { version } = mapOf(chart);
  return typeof version === "string" ? version.replace(/^v/, "") : undefined;
}
