import type { Field } from "../../model/field.ts";
import type { Finding } from "../../engine/rule.ts";
import { allPlaces, lacksText } from "../../values/reading.ts";
import { at, rejected } from "../../values/verdicts.ts";

export const wasmPlugins = rejected({
  id: "wasm-plugins",
  title: "A Wasm plugin or a Lua script says where its code is, and values for variables that it sets itself.",
  remediation:
    "Add wasm or lua, write a url such as oci://registry.example.com/filter:1.0, and leave the value of a HOST variable out.",
  kinds: ["TrafficExtension", "WasmPlugin"],

  *check({ kind, spec }) {
    const [wasm, lua] = [spec.at("wasm"), spec.at("lua")];
    if (kind === "TrafficExtension" && wasm.isAbsent() && lua.isAbsent()) yield at(spec, "add wasm or lua");
    const plugin = kind === "WasmPlugin" ? spec : wasm;
    if (plugin.isPresent()) yield* urlFindings(plugin.at("url"));
    for (const variable of allPlaces(plugin, "vmConfig.env[]")) {
      const value = variable.at("value");
      if (variable.at("valueFrom").string() === "HOST" && !lacksText(value) && !value.isUnknown()) {
        yield at(value, "take it out, or write the valueFrom INLINE");
      }
    }
  },
});

const SCHEMES = new Set(["file", "http", "https", "oci"]);

function* urlFindings(url: Field): Generator<Finding> {
  const text = url.string();
  if (text === undefined || text === "") return;
  const [scheme] = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(text)?.slice(1) ?? [];
  const withScheme = scheme !== undefined && URL.canParse(text);
  const isKnown = withScheme ? SCHEMES.has(scheme.toLowerCase()) : URL.canParse(`http://${text}`);
  const fits = text.startsWith("/") || isKnown;
  if (!fits || /[\s<>"{}|\\^`]/.test(text))
    yield at(url, "write a URL that begins with oci://, https://, http:// or file://");
}
