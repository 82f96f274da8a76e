/** What may stand between two slashes of a path that has a template in it. */
const LITERAL = /^[a-zA-Z0-9-._~%!$&'()+,;:@=]+$/;

/** What keeps a path from being a literal, a prefix or a template such as `/v1/{*}/files/{**}`. */
export function pathTemplateProblem(path: string): string | undefined {
  const isTemplate = path.includes("{*}") || path.includes("{**}");
  const segments = path.replace(/^\/+|\/+$/g, "").split("/");
  const rest = segments.indexOf("{**}");
  if (rest >= 0 && segments.slice(rest + 1).some((segment) => segment === "{*}" || segment === "{**}")) {
    return "remove {*} and {**} after {**}, which matches the rest of the path";
  }
  for (const segment of segments) {
    if (segment === "{*}" || segment === "{**}") continue;
    if (/[{}]/.test(segment))
      return "use braces only in {*}, which matches one segment, and {**}, which matches the rest";
    if (isTemplate && !LITERAL.test(segment))
      return "use segments without an asterisk other than {*} and {**}, and no empty segments";
  }
  return undefined;
}
