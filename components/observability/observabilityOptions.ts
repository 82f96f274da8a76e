import { pathText } from "../../lib/schema/problems.ts";
import { mapOf } from "../../lib/untrusted.ts";
import type { ChartSource } from "../istio/charts.ts";
import type { Profile } from "../profile.ts";
import { isEnabled, type Addon } from "./addon.ts";
import { addonList, type AddonOptions } from "./addons.ts";
import type { AddonExposureOptions } from "./exposureOptions.ts";
import { isUnguarded, unsafeTools } from "./safety.ts";

/** The tools that look at the mesh, as plain data. */
export interface ObservabilityOptions extends AddonOptions {
  /**
   * Where the charts come from.
   * @default - each tool's own repository
   */
  readonly charts?: ChartSource;
  /**
   * Opens the tools to the outside.
   * @default - none; `make dashboards` opens them on your machine
   */
  readonly exposure?: AddonExposureOptions;
  /**
   * Longest time for each tool to become ready, in seconds.
   * @default 300
   */
  readonly timeout?: number;
}

/** Whether a tool that has a login lets in everybody all the same. */
export function isAnonymous(
  { name, hasLogin }: Addon,
  { profile, ...options }: ObservabilityOptions & { readonly profile: Profile },
): boolean {
  const section = mapOf(options);
  const { anonymous = profile === "demo" && !isUnguarded(section, name) } = mapOf(section[name]);
  return hasLogin && anonymous === true;
}

/** Everything that is missing, or that would be open to those who must not look. */
export function* observabilityProblems(
  args: ObservabilityOptions & { readonly profile: Profile },
): Iterable<{ readonly propertyPath: string; readonly reason: string }> {
  const options = mapOf(args);
  for (const { name, secret } of addonList) {
    if (!secret || !isEnabled(options, name) || mapOf(options[name])[secret.key] !== undefined) continue;
    yield { propertyPath: `${name}.${secret.key}`, reason: "is missing" };
  }
  const { login } = mapOf(options.exposure);
  for (const key of ["clientSecret", "cookieSecret"]) {
    if (login === undefined || mapOf(login)[key] !== undefined) continue;
    yield { propertyPath: `exposure.login.${key}`, reason: "is missing" };
  }
  for (const { path, reason } of unsafeTools(options, args.profile === "production")) {
    yield { propertyPath: pathText(path), reason };
  }
}
