import { builtInKinds, gatewayApiKinds, groupOf } from "../../../istio/kinds.ts";
import { at, rejected } from "../../values/verdicts.ts";
import { list } from "../../../lib/list.ts";
import { ISTIO_KINDS } from "./lib/shapes.ts";
import { servedApiVersions, servedVersions } from "./lib/versions.ts";

export const apiVersionServed = rejected({
  id: "api-version-served",
  title: "An object of Istio's, the Gateway API's or Kubernetes' own is of a version that the API server serves.",
  remediation: "Write the first of the versions that the finding names, and the fields as that version has them.",
  sources: ["istio/manifests/charts/base/files/crd-all.gen.yaml"],
  kinds: [...ISTIO_KINDS, ...gatewayApiKinds, ...[...builtInKinds.values()].flatMap(({ kinds }) => kinds)],

  *check({ kind, root }) {
    const apiVersion = root.at("apiVersion");
    const written = apiVersion.string();
    const served = servedApiVersions(kind);
    // Of another group it is another kind.
    if (written === undefined || groupOf(written) !== servedVersions(kind)?.group) return;
    if (!served.includes(written)) yield at(apiVersion, `write ${list(served, "or")}`);
  },
});
