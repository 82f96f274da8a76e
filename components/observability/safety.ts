import { list } from "../../lib/list.ts";
import type { Finding } from "../../lib/schema/problems.ts";
import { mapOf, type Untrusted } from "../../lib/untrusted.ts";
import { isEnabled } from "./addon.ts";
import { addonList, addonNames, withoutLogin, type AddonName } from "./addons.ts";
import { exposedTools } from "./exposureOptions.ts";
import { isUnder } from "./loginOptions.ts";

/** The tools that are open to the outside. */
export function openTools(options: Untrusted): readonly AddonName[] {
  if (options.exposure === undefined) return [];
  const { tools: named } = mapOf(options.exposure);
  const known = Array.isArray(named) ? addonNames.filter((tool) => named.includes(tool)) : undefined;
  return exposedTools({ ...(known && { tools: known }) }, (tool) => isEnabled(options, tool));
}

/** Whether the gateway lets everybody through to a tool that is open to the outside. */
export const isUnguarded = (options: Untrusted, tool: string): boolean =>
  mapOf(options.exposure).login === undefined && openTools(options).some((open) => open === tool);

/**
 * What cannot work, and what would be open to those who must not look: in `ObservabilityOptions`, and in the section of a
 * stack file before it is known to be right.
 */
export function* unsafeTools(options: Untrusted, isProduction: boolean): Iterable<Finding> {
  yield* problemsOfEach(options, isProduction);
  const { jwt, login } = mapOf(options.exposure);
  const unguarded = openTools(options).filter((tool) => withoutLogin.includes(tool));
  if (unguarded.length > 0 && jwt === undefined && login === undefined) {
    const reason = `is missing: ${list(unguarded, "and")} would be open to everybody, since they have no login; name the issuer of the tokens that people have to bring, set login in its place, or leave them out of tools`;
    yield { path: ["exposure", "jwt"], reason };
  }
  if (login !== undefined) {
    for (const { path, reason } of unsafeLogin(mapOf(options.exposure), isProduction)) {
      yield { path: ["exposure", ...path], reason };
    }
  }
}

function* unsafeLogin({ domain, jwt, login }: Untrusted, isProduction: boolean): Iterable<Finding> {
  const { issuer, groups, emailDomains, cookieDomain } = mapOf(login);
  if (jwt !== undefined) {
    const reason = "must be left out beside login, which guards every tool that is exposed: choose one of them";
    yield { path: ["jwt"], reason };
  }
  if (groups === undefined && emailDomains === undefined) {
    const reason =
      'needs groups or emailDomains, which say who may log in: everybody whom the issuer knows is emailDomains: ["*"]';
    yield { path: ["login"], reason };
  }
  if (isProduction && isPlain(issuer)) {
    const reason =
      "must begin with https in the production profile: over plain HTTP, anybody on the way logs in as another";
    yield { path: ["login", "issuer"], reason };
  }
  const [scope, path] = cookieDomain === undefined ? [domain, ["domain"]] : [cookieDomain, ["login", "cookieDomain"]];
  if (typeof scope === "string" && !scope.includes(".")) {
    yield { path, reason: "must have a dot beside login: browsers take no cookie for all of a zone" };
  } else if (typeof domain === "string" && typeof cookieDomain === "string" && !isUnder(domain, cookieDomain)) {
    const reason = "must be that of exposure.domain, or one that it is in: browsers bring the cookie to no other";
    yield { path: ["login", "cookieDomain"], reason };
  }
}

/** Whether an address is one of plain HTTP. */
export const isPlain = (address: unknown): boolean => typeof address === "string" && address.startsWith("http:");

function* problemsOfEach(options: Untrusted, isProduction: boolean): Iterable<Finding> {
  for (const addon of addonList.filter(({ name }) => isEnabled(options, name))) {
    const { name, hasLogin } = addon;
    const { anonymous } = mapOf(options[name]);
    const path = [name, "anonymous"];
    const isOpen = isUnguarded(options, name);
    const isGuarded = !isOpen && openTools(options).includes(name);
    if (hasLogin && anonymous === true && isProduction && !isGuarded) {
      yield { path, reason: "must be false in the production profile: whoever looks shows who they are" };
    } else if (hasLogin && anonymous === true && isOpen) {
      yield { path, reason: "must be false for a tool that is exposed: leave it out here, or out of exposure.tools" };
    }
    yield* addon.problems?.(options, (anonymous ?? (!isProduction && !isOpen)) === true) ?? [];
  }
}
