import { createHash } from "node:crypto";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import type { EngineLog } from "./engineLog.ts";
import type { Call } from "./resource.ts";
import { redact } from "./values/secrets.ts";
import { decode } from "./wire.ts";

/** What requests about one resource may hold; each sort of request has a part of it. */
export interface ResourceRequest {
  getUrn(): string;
  getId?(): string;
  getPreview?(): boolean;
  getTimeout?(): number;
  getIgnorechangesList?(): string[];
  getAutonaming?(): { getProposedName(): string } | undefined;
  getRandomseed_asU8?(): Uint8Array;
  getProperties?(): Struct | undefined;
  getInputs?(): Struct | undefined;
  getOlds?(): Struct | undefined;
  getOldInputs?(): Struct | undefined;
  getNews?(): Struct | undefined;
}

/** The type token at the end of a URN: `urn:pulumi:stack::project::parent$type::name`. */
export const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").pop() ?? "";

export function callOf(request: ResourceRequest, log: EngineLog): Call {
  const urn = request.getUrn();
  return {
    urn,
    type: typeOf(urn),
    id: request.getId?.() ?? "",
    preview: request.getPreview?.() ?? false,
    timeout: request.getTimeout?.() ?? 0,
    ignoreChanges: request.getIgnorechangesList?.() ?? [],
    autoname: (digits) => autonameOf(request, digits),
    progress: (line) => {
      log.progress(redactFor(request, line), urn);
    },
    warn: (message) => {
      log.warn(redactFor(request, message), urn);
    },
  };
}

/** The message without any of the request's secrets. */
export function redactFor(request: ResourceRequest, message: string): string {
  const structs = [
    request.getProperties?.(),
    request.getInputs?.(),
    request.getOlds?.(),
    request.getOldInputs?.(),
    request.getNews?.(),
  ];
  return message && redact(message, ...structs.map(decode));
}

function autonameOf(request: ResourceRequest, digits: number): string {
  const proposed = request.getAutonaming?.()?.getProposedName();
  if (proposed) return proposed;
  const seed = request.getRandomseed_asU8?.() ?? new Uint8Array();
  return `${request.getUrn().split("::").pop()}-${createHash("sha256").update(seed).digest("hex").slice(0, digits)}`;
}
