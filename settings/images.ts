// The images of a stack by their digests.
import { z } from "zod";
import type { ApplicationData } from "../components/application/service.ts";
import { bookinfoApplication, type BookinfoArgs } from "../components/bookinfo/bookinfo.ts";
import { istioImages, pinned, type Pins } from "../components/istio/pinnedImages.ts";
import { limitImages } from "../components/traffic/rateLimit/service/serviceObjects.ts";
import type { RateLimitServiceOptions } from "../components/traffic/rateLimit/service/serviceOptions.ts";
import type { Finding } from "../lib/schema/problems.ts";
import * as field from "../lib/schema/fields.ts";
import { mapOf, textOf } from "../lib/untrusted.ts";
import type { Draft } from "./draft.ts";
import { hasMeshLimit } from "./rateLimits.ts";

/** What a stack file says about the images of all parts. */
export interface ImagesSection {
  /**
   * Digests of images, such as `sha256:` and 64 hexadecimal digits, by the image with its tag as the stack has it, such as
   * `registry.istio.io/release/proxyv2:1.31.1`. Wherever the image appears, nodes run what has this digest, and nothing else.
   * @default {}
   */
  readonly pin?: Pins;
}

const digest = field.text(
  /^sha256:[0-9a-f]{64}$/,
  "must be a digest, sha256: and 64 hexadecimal digits, such as `docker buildx imagetools inspect` prints",
);

/** Schema of `ImagesSection`. */
export const images = field.section({
  pin: z.record(z.string(), digest, { error: "must be a map from images to digests" }).default({}),
});

type LimitImages = RateLimitServiceOptions["images"];

/** The applications, with the digests of their images. */
export const withPinnedImages = (
  applications: Readonly<Record<string, ApplicationData>>,
  pins: Pins,
): Record<string, ApplicationData> =>
  mapped(applications, (application) => ({
    ...application,
    services: mapped(application.services, (service) => ({
      ...service,
      versions: mapped(service.versions, (version) => ({ ...version, image: pinned(version.image, pins) })),
    })),
  }));

/** The images of the rate limit service, with their digests. */
export function pinnedLimitImages(own: LimitImages, pins: Pins): NonNullable<LimitImages> {
  const all = Object.entries({ ...limitImages, ...own });
  // What is not pinned stays unsaid: an image that the service does not use is refused.
  return { ...own, ...Object.fromEntries(all.flatMap(([name, image]) => changed(name, image, pins))) };
}

const changed = (name: string, image: string, pins: Pins): [string, string][] =>
  pinned(image, pins) === image ? [] : [[name, pinned(image, pins)]];

const mapped = <Value, Result>(map: Readonly<Record<string, Value>>, change: (value: Value) => Result) =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));

/** Whether names can be made of the section: all that it says is text, and none of it a secret. */
const isPlain = (section: unknown): boolean =>
  section === undefined ||
  (typeof section === "object" && Object.values(mapOf(section)).every((value) => textOf(value) !== undefined));

/** Every image of a stack whose digest can be pinned, with its tag; none where that cannot be told. */
export function imagesOf(draft: Draft): string[] {
  const sections = (["istio", "bookinfo", "rateLimitService"] as const).map((name) => draft.section(name).images);
  if (draft.isClusterAlone || !sections.every(isPlain)) return [];
  const { cni, canary, version, ...istio } = draft.section("istio");
  const versions = [version, mapOf(canary).version].flatMap((each) => textOf(each) ?? []);
  const { images: ofBookinfo, ratings, client } = draft.section("bookinfo");
  const bookinfo = { images: mapOf(ofBookinfo), ratings: mapOf(ratings), client } as unknown as BookinfoArgs;
  const ofApplications = [
    ...(draft.hasBookinfo ? [bookinfoApplication(bookinfo)] : []),
    ...Object.values(draft.section("applications")),
  ].flatMap((application) =>
    Object.values(mapOf(mapOf(application).services)).flatMap((service) =>
      Object.values(mapOf(mapOf(service).versions)).flatMap((each) => textOf(mapOf(each).image) ?? []),
    ),
  );
  const limits = draft.section("rateLimitService");
  const { ratelimit, valkey } = { ...limitImages, ...mapOf(limits.images) };
  return [
    ...versions.flatMap((each) => {
      const { istiod, proxy, cni: agent } = istioImages(mapOf(istio.images), each);
      return [istiod, proxy, ...(cni === true ? [agent] : [])];
    }),
    ...ofApplications,
    ...(hasMeshLimit(draft) ? [ratelimit, ...(limits.redis === undefined ? [valkey] : [])] : []),
  ].flatMap((image) => (typeof image === "string" && !image.includes("@") ? [image] : []));
}

/** A digest belongs to an image that the stack has: with another tag, the digest is another one too. */
export function* imageCombinations(draft: Draft): Iterable<Finding> {
  const names = Object.keys(mapOf(draft.section("images").pin));
  if (names.length === 0) return;
  const known = [...new Set(imagesOf(draft))];
  if (known.length === 0) return;
  for (const name of names) {
    if (known.includes(name)) continue;
    // After an upgrade it is the tag that is another. The images themselves are values of the stack file, which no message quotes.
    const isStale = known.some((image) => repositoryOf(image) === repositoryOf(name));
    const hint = isStale
      ? "its tag is another one now: pin that with its own digest, or remove this one"
      : "`make preview ARGS=--diff` shows those that it has";
    yield { path: ["images", "pin", name], reason: `is no image of this stack that could take a digest; ${hint}` };
  }
}

/** The name without its tag and digest; a colon before the last slash belongs to the registry's port. */
const repositoryOf = (image: string): string => image.replace(/(:[^/:@]*)?(@.*)?$/, "");
