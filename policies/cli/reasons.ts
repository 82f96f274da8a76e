/** What is said of a document where nothing better is known. */
const GENERAL = "this is not YAML that can be read";

const INDENTATION = "the line is indented otherwise than those around it";
const QUOTE = "a quote before here has no end";
const AFTER_BLOCK = "after | or > only the marks of a block text and a comment may follow in the line";
const TAG = "a tag has another form: put quotes around a text that begins with !";
const FOREIGN_TAG = "Kubernetes knows no such tag: take it out, or put quotes around a text that begins with !";
const ANCHOR = "an anchor has another form: put quotes around a text that begins with &";
const ALIAS = "an alias has another form: put quotes around a text that begins with *";
const ESCAPE = "no such escape is known: in double quotes write each backslash twice, or use single quotes";
const KEY = "a key has to stand in one line with its colon: look for a missing colon, or a text that goes on";
const MERGE = "<< takes a map, or a list of few maps";
const DIRECTIVE = "a line that begins with % has another form: put quotes around such a text";
const UNPRINTABLE = "a character that no manifest may have: take it out, or save the file as UTF-8";

/**
 * Reasons of js-yaml by how they begin. What follows may quote the file, which may hold secrets, so all is said in words of
 * our own.
 */
const WORDS: readonly (readonly [begin: string, words: string])[] = [
  ["duplicated mapping key", "this key stands twice in one map: take one out"],
  ["tab characters must not be used in indentation", "indent with blanks, not with tabs"],
  ["bad indentation", INDENTATION],
  ["deficient indentation", "the line has to stand further to the right"],
  ["unexpected end of the stream within a flow collection", "a bracket or a brace before here has no end"],
  ["unexpected end of the stream within a single quoted", QUOTE],
  ["unexpected end of the stream within a double quoted", QUOTE],
  ["unexpected end of the document within", QUOTE],
  ["missed comma between flow collection entries", "a comma is missing between what stands in brackets or braces"],
  ["expected the node content, but found ','", "there is a comma too many"],
  ["end of the stream or a document separator is expected", "the document has ended before this line"],
  ["unknown escape sequence", ESCAPE],
  ["expected hexadecimal character", ESCAPE],
  ["null byte is not allowed", "a NUL stands here: this is no text, or it is UTF-16, and Kubernetes reads UTF-8"],
  ["the stream contains non-printable characters", UNPRINTABLE],
  ["expected valid JSON character", UNPRINTABLE],
  ["unknown scalar tag", FOREIGN_TAG],
  ["unknown sequence tag", FOREIGN_TAG],
  ["unknown mapping tag", FOREIGN_TAG],
  ["cannot resolve a node with", "the value is not of the type that its tag says"],
  ["undeclared tag handle", FOREIGN_TAG],
  ["tag name cannot contain", TAG],
  ["tag suffix cannot contain", TAG],
  ["named tag handle cannot contain", TAG],
  ["unexpected end of the stream within a verbatim tag", TAG],
  ["duplication of a tag property", TAG],
  ["duplication of an anchor property", ANCHOR],
  ["name of an anchor node must contain", ANCHOR],
  ["name of an alias node must contain", ALIAS],
  ["alias node should not have any properties", ALIAS],
  ["repeat of a chomping mode identifier", AFTER_BLOCK],
  ["repeat of an indentation width identifier", AFTER_BLOCK],
  ["bad explicit indentation width", AFTER_BLOCK],
  ["a line break is expected", AFTER_BLOCK],
  ["a whitespace character is expected after the key-value separator", "a blank is missing after the colon"],
  ["expected ':' after a mapping key", KEY],
  ["can not read a block mapping entry", KEY],
  ["nesting exceeded", "this is nested deeper than any manifest"],
  ["object-based map does not support complex keys", "a list or a map stands where a key has to be"],
  ["cannot merge mappings", MERGE],
  ["abnormal merge sequence size", MERGE],
  ["directives end mark", "after a line that begins with % has to come one with ---"],
  ["directive name", DIRECTIVE],
  ["duplication of %YAML directive", DIRECTIVE],
  ["YAML directive", DIRECTIVE],
  ["TAG directive", DIRECTIVE],
  ["ill-formed", DIRECTIVE],
  ["unacceptable YAML version", DIRECTIVE],
  ["there is a previously declared suffix", DIRECTIVE],
];

/** What js-yaml found, in words that quote nothing. */
export function reasonOf(found: string): string {
  return WORDS.find(([begin]) => found.startsWith(begin))?.[1] ?? GENERAL;
}
