import type { Mistake } from "../mistake.ts";
import { inMatch } from "./matches.ts";

const NEVER = /takes no request/;

export const contradictions: readonly Mistake[] = [
  inMatch(
    "a header that must be and must not be",
    "headers: { x-a: { exact: b } }, withoutHeaders: { x-a: { present: true } }",
    "headers: { x-a: { present: true } }, withoutHeaders: { x-a: { exact: b } }",
    ".withoutHeaders.x-a",
    NEVER,
  ),
  inMatch(
    "the same header asked for and refused",
    "headers: { x-a: { exact: b } }, withoutHeaders: { x-a: { regex: 'a|b' } }",
    "headers: { x-a: { exact: b } }, withoutHeaders: { x-a: { regex: 'a|c' } }",
    ".withoutHeaders.x-a",
    NEVER,
  ),
  inMatch(
    "a method asked for and refused",
    'method: { exact: GET }, withoutHeaders: { ":method": { exact: GET } }',
    'withoutHeaders: { ":method": { exact: GET } }',
    '.withoutHeaders[":method"]',
    NEVER,
  ),
  inMatch(
    "two methods at once",
    'method: { exact: GET }, headers: { ":method": { exact: POST } }',
    "method: { regex: GET|POST }",
    '.headers[":method"]',
    NEVER,
  ),
  inMatch(
    "two paths at once",
    'uri: { prefix: /a }, headers: { ":path": { exact: /b } }',
    'uri: { prefix: /a }, headers: { ":path": { regex: "/a.*debug.*" } }',
    '.headers[":path"]',
    NEVER,
  ),
  inMatch(
    "two hosts at once",
    'authority: { exact: a.b }, headers: { ":authority": { prefix: c. } }',
    'authority: { exact: a.b }, headers: { ":authority": { prefix: a. } }',
    '.headers[":authority"]',
    NEVER,
  ),
  inMatch(
    "that there is a path",
    'headers: { ":path": { present: true } }',
    'headers: { ":path": { prefix: "/a?b" } }',
    '.headers[":path"]',
    /in every request/,
  ),
];
