import { builtInKinds, gatewayApiKinds, kindOfManifest, nameOf } from "../../../istio/kinds.ts";
import { kindMeant } from "../../model/kindMeant.ts";
import { at, rejected } from "../../values/verdicts.ts";
import { ISTIO_KINDS } from "./lib/shapes.ts";
import { servedApiVersions } from "./lib/versions.ts";

export const kindKnown = rejected({
  id: "kind-known",
  title: "An object is of a kind that the API server has, in the group that it is of.",
  remediation: "Write apiVersion and kind as the finding offers.",
  codes: [],
  sources: [],
  kinds: [...ISTIO_KINDS, ...gatewayApiKinds, ...[...builtInKinds.values()].flatMap(({ kinds }) => kinds)],

  *check({ root }) {
    const [apiVersion, kind] = [root.at("apiVersion").string(), root.at("kind").string()];
    if (apiVersion === undefined || kind === undefined || kindOfManifest(apiVersion, kind) !== undefined) return;
    const meant = kindMeant(apiVersion, kind);
    if (meant === undefined) return;
    const [served = ""] = servedApiVersions(meant.kind);
    const message =
      meant.wrong === "kind"
        ? `no cluster has this kind; did you mean ${nameOf(meant.kind)} of ${served}?`
        : `no cluster has this kind in the group; did you mean ${served}?`;
    yield at(root.at(meant.wrong), message);
  },
});
