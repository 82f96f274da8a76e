import { formatProblems, type Nearest } from "./formatString.ts";

// eslint-disable-next-line no-control-regex -- these are what a header must not hold; a tab it may
const CONTROL = /[\0-\x08\n-\x1f\x7f]/;

type State = "text" | "name" | "arguments" | "item" | "quoted" | "after item" | "after items" | "end";

/** What comes after a character in each state; nothing if istiod does not take it there. */
const NEXT: Readonly<Record<State, (character: string) => State | undefined>> = {
  text: (character) => (character === "%" ? "name" : "text"),
  name: (character) => (({ "%": "text", "(": "arguments" })[character] as State | undefined) ?? "name",
  // Arguments are a list, as in `%NAME(["a", "b"])%`, or a text, as in `%NAME(a)%`.
  arguments: (character) => (({ "[": "item", " ": "arguments" })[character] as State | undefined) ?? "quoted",
  item: (character) => ({ '"': "quoted", " ": "item" })[character] as State | undefined,
  quoted: (character) => (({ ")": "end", '"': "after item" })[character] as State | undefined) ?? "quoted",
  "after item": (character) => ({ ",": "item", "]": "after items", " ": "after item" })[character] as State | undefined,
  "after items": (character) => ({ ")": "end", " ": "after items" })[character] as State | undefined,
  end: (character) => ({ "%": "text", " ": "end" })[character] as State | undefined,
};

/**
 * Whether istiod takes the value that a header is set to: each % begins or ends a variable, such as
 * `%DOWNSTREAM_REMOTE_ADDRESS%`, or is doubled. It has a reading of its own, which looks at no name.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#custom-request-response-headers
 */
export function isTakenByIstiod(value: string): boolean {
  if (CONTROL.test(value)) return false;
  let state: State | undefined = "text";
  for (let at = 0; at < value.length && state !== undefined; at += 1) {
    const character = value.charAt(at);
    const skips: boolean =
      (state === "text" && value.startsWith("%%", at)) || (state === "quoted" && character === "\\");
    if (!skips) state = NEXT[state](character);
    else if ((at += 1) >= value.length) return false;
  }
  return state === "text";
}

/** What Envoy alone refuses in the value that a header is set to: the rest of sentences, none of which quotes it. */
export function* headerValueProblems(value: string, nearest: Nearest): Generator<string> {
  if (Buffer.byteLength(value) > LONGEST) yield `is longer than the ${LONGEST} bytes that Envoy takes`;
  yield* formatProblems(value, "header", nearest);
}

const LONGEST = 16384;
