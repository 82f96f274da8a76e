import type { MeshObject } from "./mesh.ts";

/** Whether an object asks, by an annotation of istioctl or Kiali, for some of their checks to be left out. */
export function isIgnored({ annotations }: MeshObject, code: string): boolean {
  if (code.startsWith("IST")) {
    const codes = annotations.at("galley.istio.io/analyze-suppress").string()?.split(",") ?? [];
    return codes.includes("*") || codes.includes(code);
  }
  if (code.startsWith("KIA")) {
    const codes = annotations.at("kiali.io/ignore-validations").string();
    if (codes === undefined) return false;
    return codes.trim() === "" || codes.split(",").some((entry) => entry.trim() === code);
  }
  return false;
}
