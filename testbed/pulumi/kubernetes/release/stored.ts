import { gunzipSync } from "node:zlib";
import { loadAll } from "js-yaml";
import type { Api } from "../cluster/api.ts";
import { isFields, type Fields } from "../../provider/values/value.ts";

/** A release as the cluster remembers it. */
export interface StoredRelease {
  /** As the Release's output `status` shows it. */
  readonly status: Fields;
  /** The values that the release was made with. */
  readonly values: Fields;
  /** Kinds and names of the objects that the release is made of. */
  readonly objects: readonly Fields[];
}

/**
 * Reads the newest revision of a release from the Secret in which helm keeps it. To ask helm would take three processes,
 * each a hundred times slower than this.
 */
export async function readStored(api: Api, namespace: string, name: string): Promise<StoredRelease | undefined> {
  const secrets = `/api/v1/namespaces/${namespace}/secrets`;
  const selector = encodeURIComponent(`owner=helm,name=${name}`);
  const revisions = await api.list(`${secrets}?labelSelector=${selector}`, METADATA_ONLY);
  const newest = revisions.sort((a, b) => revisionOf(b) - revisionOf(a))[0];
  const secret = newest && (await api.get(`${secrets}/${newest.metadata.name}`));
  return secret && decode(secret.data.release);
}

const METADATA_ONLY = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

const revisionOf = ({ metadata }: Fields): number => Number(metadata.labels?.version ?? 0);

/** Helm's own base64 of a zipped JSON, in the base64 of a Secret. */
export function decode(data: string): StoredRelease {
  const zipped = Buffer.from(Buffer.from(data, "base64").toString(), "base64");
  const {
    name,
    namespace,
    version: revision,
    info,
    chart,
    config,
    manifest,
  } = JSON.parse(gunzipSync(zipped).toString()) as Fields;
  const { name: chartName, version, appVersion } = chart.metadata;
  return {
    status: { appVersion, chart: chartName, name, namespace, revision, status: info.status, version },
    values: config ?? {},
    objects: headersOf(manifest ?? ""),
  };
}

/**
 * What a manifest says of its objects' kinds and names. Only that is read: Istio's definitions alone are a megabyte of YAML,
 * and helm writes every key of the first level at the beginning of a line.
 */
export function headersOf(manifest: string): Fields[] {
  return manifest.split(/^---.*$/m).flatMap((document) => {
    const parts = document.match(/^(apiVersion|kind|metadata):.*\n?(^(?:[ \t#-].*)?\n?)*/gm) ?? [];
    const [header] = loadAll(/^\s*\{/.test(document) ? document : parts.join("\n"));
    return isFields(header) && typeof header.kind === "string" ? [header] : [];
  });
}

/** The names of a release's objects by kind, as the Release's output `resourceNames` shows them. */
export async function resourceNames(api: Api, { objects, status }: StoredRelease): Promise<Record<string, string[]>> {
  const names: Record<string, string[]> = {};
  for (const object of objects) {
    const { apiVersion, kind, metadata } = object;
    const group = apiVersion.includes("/") ? `.${apiVersion.split("/")[0]}` : "";
    const namespaced = await api.locate(object).then(
      (location) => location.namespaced,
      () => Boolean(metadata.namespace),
    );
    const name = namespaced ? `${metadata.namespace ?? status.namespace}/${metadata.name}` : metadata.name;
    (names[`${kind}${group}/${apiVersion}`] ??= []).push(name);
  }
  for (const list of Object.values(names)) list.sort();
  return names;
}
