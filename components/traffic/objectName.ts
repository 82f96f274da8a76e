/** A name for objects about a host: `*` and letters that names of objects cannot have become others. */
export function objectName(host: string): string {
  return host.toLowerCase().replace(/^\*\./, "any.");
}
