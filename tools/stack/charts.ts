// Istio's charts in a repository, before helm takes them: it does not hold an archive to the checksum in the repository's index.
import { createHash } from "node:crypto";
import { load } from "js-yaml";
import { officialCharts } from "../../components/istio/charts.ts";
import { mapOf } from "../../lib/untrusted.ts";
import { product } from "../../versions.ts";
import { settingsIn } from "./stackFile.ts";
import type { Stack } from "./stack.ts";

const CHARTS = ["base", "istiod", "gateway"];
/** For so long a repository may be silent, in milliseconds. */
const PATIENCE = 10_000;

/**
 * Holds what the repository serves to its index.
 * @throws Error that names the archive that is another one
 */
export async function checkCharts({ name, file }: Pick<Stack, "name" | "file">): Promise<void> {
  const { charts = officialCharts, version = product.istio } = mapOf(settingsIn(file).istio);
  const { repository } = mapOf(charts);
  // A registry holds what it serves to digests by itself, and a folder is the user's own.
  if (typeof repository !== "string" || typeof version !== "string") return;
  const wrong = await otherArchives(repository, version);
  if (wrong.length === 0) return;
  throw new Error(
    [
      ...wrong,
      `Nothing was changed. Run this again, in case it was cut short on its way; else ask who runs the repository, or name another one in mesh:istio.charts of Pulumi.${name}.yaml`,
    ].join("\n"),
  );
}

/** A line for each of Istio's charts whose archive is not the one that the index of its repository names. */
export async function otherArchives(repository: string, version: string): Promise<string[]> {
  const base = `${repository.replace(/\/$/, "")}/`;
  // Where the repository does not answer, or does not have a chart, helm says so, if it needs that chart at all.
  const index = await download(new URL("index.yaml", base));
  if (index === undefined) return [];
  const entries = mapOf(mapOf(yaml(index)).entries);
  const lines = CHARTS.map(async (chart) => {
    const versions: readonly unknown[] = Array.isArray(entries[chart]) ? entries[chart] : [];
    const { digest, urls } = mapOf(versions.find((each) => mapOf(each).version === version));
    const [url] = Array.isArray(urls) ? (urls as unknown[]) : [];
    if (typeof digest !== "string" || typeof url !== "string") return [];
    const address = new URL(url, base);
    const archive = await download(address);
    const is = archive && createHash("sha256").update(archive).digest("hex");
    if (is === undefined || is === digest.replace(/^sha256:/, "")) return [];
    return [
      `the archive of the chart ${chart} ${version} at ${address.href} has the checksum ${is}, and the index of its repository says ${digest}`,
    ];
  });
  return (await Promise.all(lines)).flat();
}

async function download(address: URL): Promise<Buffer | undefined> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
    return response.ok ? Buffer.from(await response.arrayBuffer()) : undefined;
  } catch {
    return undefined;
  }
}

function yaml(text: Buffer): unknown {
  try {
    return load(text.toString());
  } catch {
    return undefined;
  }
}
