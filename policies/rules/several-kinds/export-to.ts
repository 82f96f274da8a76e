import { isDnsLabel } from "../../values/names.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const exportTo = rejected({
  id: "export-to",
  title: "exportTo names each namespace once, or all with * alone.",
  remediation:
    "List each namespace once, by name or by a dot for the own one, or * alone; with a workloadSelector list only the own one.",
  kinds: ["DestinationRule", "ServiceEntry", "VirtualService"],

  *check({ kind, namespace, spec }) {
    const list = spec.at("exportTo");
    const entries = list.items();
    const seen = new Set<string>();
    for (const entry of entries) {
      const text = entry.string();
      if (text === undefined) continue;
      const name = text === "." && namespace !== undefined ? namespace : text;
      if (seen.has(name)) yield at(entry, "take it out: the namespace is there already, by its name or as a dot");
      seen.add(name);
      const fits = [".", "*"].includes(name) || (name === "~" && kind === "ServiceEntry") || isDnsLabel(name);
      if (!fits) yield at(entry, "write the name of a namespace, a dot for the object's own, or * for all");
      if (["*", "~"].includes(name) && entries.length > 1)
        yield at(entry, "leave it alone in the list, or take it out");
    }
    const selector = spec.at("workloadSelector");
    if (kind !== "DestinationRule" || !selector.isPresent() || namespace === undefined) return;
    for (const entry of entries) {
      const text = entry.string();
      if (text !== undefined && text !== "." && text !== namespace) {
        yield at(entry, "take it out: workloads are selected in the object's own namespace only");
      }
    }
  },
});
