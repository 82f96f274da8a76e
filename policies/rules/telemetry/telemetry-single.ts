import { hasItems, places } from "../../values/reading.ts";
import { at, warned } from "../../values/verdicts.ts";

export const telemetrySingle = warned({
  id: "telemetry-single",
  title: "Telemetry has one setting of tracing, with one provider, and names the tags that it changes.",
  rationale: "Istio takes the first and ignores the others.",
  remediation: "Merge tracing into one entry with one provider, and name every tag in tagOverrides.",
  kinds: ["Telemetry"],

  *check({ spec }) {
    for (const tracing of spec.at("tracing").items().slice(1)) yield at(tracing, "take it out: there is one before");
    for (const providers of places(spec, "tracing[].providers")) {
      if (hasItems(providers) && providers.items().length > 1) yield at(providers, "leave one of them");
    }
    for (const tags of places(spec, "metrics[].overrides[].tagOverrides")) {
      for (const [name, tag] of tags.entries()) if (name === "") yield at(tag, "name the tag");
    }
  },
});
