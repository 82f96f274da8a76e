/** What may stand between two slashes of a path that has a template in it. */
const LITERAL = /^[a-zA-Z0-9-._~%!$&'()+,;:@=]+$/;

/** What keeps a path from being a literal, a prefix or a template such as `/v1/{*}/files/{**}`. */
export function pathTemplateProblem(path: string): string | undefined {
  const isTemplate = path.includes("{*}") || path.includes("{**}");
  const segments = path.replace(/^\/+|\/+$/g, "").split("/");
  const rest = segments.indexOf("{**}");
  if (rest >= 0 && segments.slice(rest + 1).some((segment) => segment === "{*}" || segment === "{**}")) {
    return "write no {*} and {**} after {**}, which takes all the rest";
  }
  for (const segment of segments) {
    if (segment === "{*}" || segment === "{**}") continue;
    if (/[{}]/.test(segment)) return "write braces only as {*} for one segment and {**} for all the rest";
    if (isTemplate && !LITERAL.test(segment))
      return "write segments beside {*} and {**} without an asterisk, and none empty";
  }
  return undefined;
}
