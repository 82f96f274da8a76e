import * as grpc from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb.js";
import { Status } from "@pulumi/pulumi/proto/status_pb.js";
import { Any } from "google-protobuf/google/protobuf/any_pb.js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { InitFailed } from "./resource.ts";
import type { Fields } from "./values/value.ts";

/** Properties as they came. */
export const decode = (struct: Struct | undefined): Fields => struct?.toJavaScript() ?? {};

/** Properties as they go; fields without a value are left out. */
export const encode = (fields: Fields): Struct => Struct.fromJavaScript(JSON.parse(JSON.stringify(fields)));

/** An error as the engine reads it: of a resource that exists, its state comes along. */
export function failure(error: unknown, redact: (message: string) => string): Partial<grpc.StatusObject> {
  const message = redact(error instanceof Error ? error.message : String(error));
  if (!(error instanceof InitFailed)) return { code: grpc.status.UNKNOWN, details: message };
  const { id, properties, inputs } = error.state;
  const detail = new ErrorResourceInitFailed()
    .setId(id)
    .setProperties(encode(properties))
    .setReasonsList(error.reasons.map(redact))
    .setInputs(inputs && encode(inputs));
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status().setCode(grpc.status.UNKNOWN).setMessage(message);
  status.addDetails(packed);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { code: grpc.status.UNKNOWN, details: message, metadata };
}
