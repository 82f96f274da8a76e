// The images of Istio: its control plane and its proxy, which is the plain Envoy behind Istio's agent.
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { run } from "../lib/run.ts";
import { testbed } from "../versions.ts";
import { base, copy, install, shell, which } from "./imageFiles.ts";
import type { Recipe } from "./packImage.ts";
import type { Programs } from "./parts.ts";

/** The name and tag that Istio's charts are told to use on the testbed. */
export const ISTIO_IMAGES = { hub: "local", tag: "dev" } as const;

type ProxyParts = Pick<Programs, "istio" | "envoy" | "istioModule">;

/** Control plane and proxy, of what `programs` has under `istio` and `istioModule`. */
export function istioRecipes(programs: ProxyParts, tag: string): Record<"pilot" | "proxy", Recipe> {
  return {
    pilot: {
      images: {
        [`docker.io/${ISTIO_IMAGES.hub}/pilot:${tag}`]: {
          entrypoint: ["/usr/local/bin/pilot-discovery"],
          user: "1337:1337",
        },
      },
      made: [programs.istio],
      fill: async (root) => {
        base(root);
        await install(join(programs.istio, "pilot-discovery"), root, "/usr/local/bin/pilot-discovery");
      },
    },
    proxy: {
      images: {
        [`docker.io/${ISTIO_IMAGES.hub}/proxyv2:${tag}`]: {
          entrypoint: ["/usr/local/bin/pilot-agent"],
          environment: { ISTIO_META_ISTIO_PROXY_SHA: `envoy:${testbed.envoy}` },
        },
      },
      made: [programs.istio, programs.envoy],
      fill: (root) => proxy(root, programs),
    },
  };
}

async function proxy(root: string, programs: ProxyParts): Promise<void> {
  base(root);
  await shell(root);
  await install(join(programs.istio, "pilot-agent"), root, "/usr/local/bin/pilot-agent");
  await install(programs.envoy, root, "/usr/local/bin/envoy");
  const bootstrap = join(programs.istioModule, "tools/packaging/common/envoy_bootstrap.json");
  copy(bootstrap, join(root, "var/lib/istio/envoy/envoy_bootstrap_tmpl.json"));
  // The init container redirects the pod's traffic with iptables, in whichever flavour the kernel has.
  const flavours = { "xtables-nft-multi": ["", "-nft"], "xtables-legacy-multi": ["-legacy"] };
  for (const [program, suffixes] of Object.entries(flavours)) {
    await install(await which(program), root, `/usr/sbin/${program}`);
    for (const suffix of suffixes) {
      for (const family of ["iptables", "ip6tables"]) {
        for (const verb of ["", "-save", "-restore"])
          symlinkSync(program, join(root, "usr/sbin", family + suffix + verb));
      }
    }
  }
  const extensions = await run("find", ["/usr/lib", "-path", "*/xtables/*.so"]);
  for (const extension of extensions.split("\n")) await install(extension, root, extension);
  await install(await which("nft"), root, "/usr/sbin/nft");
  copy("/etc/protocols", join(root, "etc/protocols"));
}
