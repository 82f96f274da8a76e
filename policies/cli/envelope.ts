import { kindMeant } from "./kindMeant.ts";
import { kindOfManifest, nameOf } from "../../istio/kinds.ts";
import type { Finding } from "../engine/rule.ts";
import type { MeshObject } from "../model/mesh.ts";
import { lacksText } from "../values/reading.ts";
import { at } from "../values/verdicts.ts";

/** What is wrong with what a manifest says of itself, so that no cluster takes it, whatever else it says. */
export function* envelopeFindings({ kind, root, metadata }: MeshObject): Generator<Finding> {
  const [apiVersion, name] = [root.at("apiVersion").string() ?? "", root.at("kind").string() ?? ""];
  // A release of Helm and the mesh networks are no manifests.
  if (kind === "Release" || kind === "MeshNetworks") return;
  const meant = kindOfManifest(apiVersion, name) === undefined ? kindMeant(apiVersion, name) : undefined;
  if (meant !== undefined) {
    const message =
      meant.wrong === "kind"
        ? `no cluster has this kind; did you mean ${nameOf(meant.kind)} of ${meant.group}?`
        : `no cluster has this kind in the group; did you mean ${meant.group}?`;
    yield at(root.at(meant.wrong), message);
  }
  if (lacksText(metadata.at("name")) && lacksText(metadata.at("generateName"))) {
    yield at(metadata.at("name"), "name the object");
  }
}
