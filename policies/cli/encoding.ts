import { isUtf8 } from "node:buffer";
import type { Place } from "./offsets.ts";

const NEWLINE = 10;

/** What the bytes of a file say, or where and why they say nothing. */
export function textOf(bytes: Buffer): string | (Place & { readonly reason: string }) {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  const mark = bytes.subarray(0, 2).toString("hex");
  if (mark === "fffe" || mark === "feff") {
    return { line: 1, column: 1, reason: "this is UTF-16, and Kubernetes reads UTF-8: save the file as UTF-8" };
  }
  return { line: brokenLine(bytes), column: 1, reason: "this is no text in UTF-8: save the file as UTF-8" };
}

/** No byte of a longer character is a newline, so each line is right or wrong for itself. */
function brokenLine(bytes: Buffer): number {
  let line = 1;
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
    if (!isUtf8(bytes.subarray(start, end))) return line;
    line += 1;
    start = end + 1;
  }
  return line;
}
