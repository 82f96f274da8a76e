// Istio's images by their digests, as the charts take them.
import type { ImagesArgs, Values } from "./values.ts";

/** Where the released charts take them from. */
const OFFICIAL_HUB = "registry.istio.io/release";

/** Digests by the images with their tags, e.g. `registry.istio.io/release/pilot:1.31.1`. */
export type Pins = Readonly<Record<string, string>>;

/** The image with its digest, where there is one. The tag stays, for people; the digest is what counts. */
export const pinned = (image: string, pins: Pins): string => {
  const digest = Object.hasOwn(pins, image) ? pins[image] : undefined;
  return digest === undefined ? image : `${image}@${digest}`;
};

/** The images of a version, with their tags, by the parts that run them. */
export function istioImages({ hub = OFFICIAL_HUB, tag }: ImagesArgs, version: string) {
  const image = (name: string) => `${hub}/${name}:${tag ?? version}`;
  return { istiod: image("pilot"), proxy: image("proxyv2"), cni: image("install-cni") };
}

/** Values of the chart `istiod`: the charts take a name with a slash for a whole image, gateways and sidecars too. */
export function pinnedIstiodValues(images: ImagesArgs, version: string, pins: Pins): Values {
  const { istiod, proxy } = istioImages(images, version);
  const image = pinned(proxy, pins);
  return {
    ...(pinned(istiod, pins) !== istiod && { image: pinned(istiod, pins) }),
    ...(image !== proxy && { global: { proxy: { image }, proxy_init: { image } } }),
  };
}

/** Values of the chart `cni`. */
export function pinnedCniValues(images: ImagesArgs, version: string, pins: Pins): Values {
  const { cni } = istioImages(images, version);
  return pinned(cni, pins) === cni ? {} : { image: pinned(cni, pins) };
}
