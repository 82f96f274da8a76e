import { z } from "zod";
import type { ChartSource } from "../charts.ts";
import * as field from "../../../lib/schema/fields.ts";

/** Where charts come from: exactly one place. */
export const chartSource = field
  .oneKey(
    field.section({
      repository: field
        .text(/^https?:\/\/\S+$/, "must be the URL of a chart repository, such as https://charts.example.com")
        .exactOptional(),
      oci: field
        .text(/^oci:\/\/\S+$/, "must be the URL of a registry, such as oci://registry.example.com/charts")
        .exactOptional(),
      folder: field.text(/./, "must be the path of a folder with charts").exactOptional(),
    }),
    "must name one source: repository, oci or folder",
  )
  .transform((sources) => sources as ChartSource);

export const anyValues = z.record(z.string(), z.unknown(), { error: "must be a map of the chart's values" });
