import type { Field } from "../../model/field.ts";
import type { Mesh } from "../../model/mesh.ts";
import type { MeshRule } from "../../engine/rule.ts";

const ADDON = "aws:eks/addon:Addon";

export const eksAddonVersionPinned: MeshRule = {
  id: "eks-addon-version-pinned",
  title: "Every EKS add-on has a pinned version.",
  rationale:
    "Without a version each deployment installs the latest one, so the network plugin may change under running Pods.",
  remediation: "Set the version; `aws eks describe-addon-versions` lists the versions that match the cluster.",
  severity: "medium",
  environment: true,
  codes: [],

  *checkMesh(mesh) {
    for (const object of mesh.all("eks:index:Cluster")) {
      for (const place of addonVersions(object.root)) {
        if (place.isAbsent()) yield { object, path: place.path, message: "set the version of this add-on" };
      }
    }
    for (const object of [...looseAddons(mesh), ...mesh.all("eks:index:Addon")]) {
      const version = object.root.at("addonVersion");
      if (version.isAbsent()) yield { object, path: version.path, message: "set the version of this add-on" };
    }
  },
};

/** Components look up the newest version where they are not given one, so that their parts always have one. */
function looseAddons(mesh: Mesh) {
  return mesh.all(ADDON).filter(({ urn }) => !/eks:index:\w+\$aws:eks\/addon/.test(urn));
}

/** Where the component takes the versions of the add-ons that it makes. */
function addonVersions(cluster: Field): Field[] {
  // Of a component whose arguments can not be seen nothing is known.
  if (cluster.isUnknown() || cluster.keys().length === 0) return [];
  const isAuto = answer(cluster.at("autoMode", "enabled"), false);
  if (isAuto === undefined) return [];
  const isOwnCni = answer(cluster.at("useDefaultVpcCni"), false);
  const hasNodes = answer(cluster.at("skipDefaultNodeGroup"), false) === false;
  const has = (options: string, standard: boolean) => answer(cluster.at(options, "enabled"), standard) === true;
  return [
    ...(!isAuto && isOwnCni === false ? [cluster.at("vpcCniOptions", "addonVersion")] : []),
    ...(has("kubeProxyAddonOptions", !isAuto) ? [cluster.at("kubeProxyAddonOptions", "version")] : []),
    ...(has("corednsAddonOptions", !isAuto && hasNodes) ? [cluster.at("corednsAddonOptions", "version")] : []),
  ];
}

/** Nothing if it is not known. */
const answer = (field: Field, standard: boolean) => (field.isUnknown() ? undefined : (field.boolean() ?? standard));
