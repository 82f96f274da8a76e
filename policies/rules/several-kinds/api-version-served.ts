import { gatewayApiKinds } from "../../../istio/kinds.ts";
import { at, rejected } from "../../values/verdicts.ts";
import { list } from "../../../lib/list.ts";
import { ISTIO_KINDS } from "./lib/shapes.ts";
import { servedVersions } from "./lib/versions.ts";

export const apiVersionServed = rejected({
  id: "api-version-served",
  title: "An object of Istio's or the Gateway API's is of a version that the API server serves.",
  remediation: "Write the first of the versions that the finding names, which has the same fields.",
  sources: ["istio/manifests/charts/base/files/crd-all.gen.yaml"],
  kinds: [...ISTIO_KINDS, ...gatewayApiKinds],

  *check({ kind, root }) {
    const apiVersion = root.at("apiVersion");
    const [group, version] = apiVersion.string()?.split("/") ?? [];
    const served = servedVersions(kind);
    if (served === undefined || group !== served.group || version === undefined) return;
    if (!served.versions.includes(version)) {
      yield at(
        apiVersion,
        `write ${list(
          served.versions.map((one) => `${group}/${one}`),
          "or",
        )}`,
      );
    }
  },
});
