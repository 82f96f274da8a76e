import { SOURCE_VERSION } from "../../../../istio/sourceVersion.ts";
import type { Mesh, MeshObject } from "../../../model/mesh.ts";
import { chartVersionOf, readReleases } from "../../../model/releases.ts";

/** What a control plane without a revision is called. */
const DEFAULT = "default";

/** The control planes of the mesh, by the names under which namespaces and gateways ask for them. */
export interface ControlPlanes {
  /** Names of revisions and of tags, each with the release of istiod that it leads to; none for a tag that leads nowhere. */
  readonly byName: ReadonlyMap<string, MeshObject | undefined>;
}

/** Nothing where there is none, or where not all of their names are known yet. */
export function readControlPlanes(mesh: Mesh): ControlPlanes | undefined {
  const releases = mesh.derive(readReleases).filter(({ chart }) => chart === "istiod");
  const byName = new Map<string, MeshObject | undefined>();
  for (const { release, values } of releases) {
    const revision = values.at("revision");
    const list = values.at("revisionTags");
    const tags = list.items();
    if ([revision, list, ...tags].some((place) => place.isUnknown())) return undefined;
    const name = revision.string() ?? "";
    for (const each of [name === "" ? DEFAULT : name, ...tags.flatMap((tag) => tag.string() ?? [])]) {
      byName.set(each, release);
    }
  }
  if (byName.size === 0) return undefined;
  for (const { tag, revision } of tagsOf(mesh)) {
    if (tag === undefined || revision === undefined) return undefined;
    byName.set(tag, byName.get(revision));
  }
  return { byName };
}

/** Tags that are objects of their own, and the revisions that they lead to; nothing for what is not known yet. */
export function* tagsOf(
  mesh: Mesh,
): Iterable<{ readonly object: MeshObject; readonly tag: string | undefined; readonly revision: string | undefined }> {
  for (const object of mesh.all("MutatingWebhookConfiguration")) {
    const tag = object.labels.at("istio.io/tag");
    if (tag.isAbsent()) continue;
    yield { object, tag: tag.string(), revision: object.labels.at("istio.io/rev").string() };
  }
}

/** The version of a release of a chart, where that tells anything: in Istio's source every chart has the same. */
export function versionOf(release: MeshObject): string | undefined {
  const version = chartVersionOf(release);
  return version === SOURCE_VERSION ? undefined : version;
}
