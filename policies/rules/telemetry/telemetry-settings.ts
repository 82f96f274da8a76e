import { allPlaces, lacksText, places } from "../../values/reading.ts";
import { isCelExpression } from "../../../istio/cel.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const telemetrySettings = rejected({
  id: "telemetry-settings",
  title: "Telemetry names its providers, tags and metrics, and changes a tag to a value or removes it.",
  remediation:
    "Name each provider and tag, give UPSERT a value and REMOVE none, and filter logs by CEL such as response.code >= 400.",
  kinds: ["Telemetry"],

  *check({ spec }) {
    const lists = ["accessLogging", "metrics", "tracing"].map((name) => `${name}[].providers[]`);
    for (const provider of allPlaces(spec, ...lists)) {
      if (lacksText(provider.at("name"))) yield at(provider.at("name"), "name the provider");
    }
    for (const tags of places(spec, "tracing[].customTags")) {
      for (const [name, tag] of tags.entries()) if (name === "") yield at(tag, "name the tag");
    }
    for (const override of places(spec, "metrics[].overrides[].tagOverrides{}")) {
      const value = override.at("value");
      const operation = override.at("operation");
      const verb = operation.isAbsent() ? "UPSERT" : operation.string();
      if (verb === "UPSERT" && lacksText(value))
        yield at(value, "add the value of the tag, or write the operation REMOVE");
      if (verb === "REMOVE" && (value.string() ?? "") !== "")
        yield at(value, "take it out, or write the operation UPSERT");
    }
    for (const filter of places(spec, "accessLogging[].filter")) {
      const expression = filter.at("expression");
      const text = expression.isAbsent() ? "" : expression.string();
      if (text !== undefined && !isCelExpression(text))
        yield at(expression, "write an expression in CEL, such as response.code >= 400");
    }
  },
});
