import { labelFindings } from "../../values/labels.ts";
import { DNS_LABEL_TEXT, isDnsLabel } from "../../values/names.ts";
import { places, repeated } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const subsetNames = rejected({
  id: "subset-names",
  title: "Each subset has a unique name, and labels that Pods can have.",
  remediation: "Give each subset a unique name of letters, digits and hyphens, and labels such as version: v1.",
  kinds: ["DestinationRule"],

  *check({ spec }) {
    const subsets = places(spec, "subsets[]");
    const names = subsets.map((subset) => subset.at("name"));
    for (const name of names) {
      const text = name.isAbsent() ? "" : name.string();
      if (text !== undefined && !isDnsLabel(text)) yield at(name, `write ${DNS_LABEL_TEXT}`);
    }
    for (const name of repeated(names)) yield at(name, "use another name: an earlier subset has the same one");
    for (const subset of subsets) yield* labelFindings(subset.at("labels"));
  },
});
