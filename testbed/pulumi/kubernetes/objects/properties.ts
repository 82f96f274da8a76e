// What the engine keeps of an object, and what counts as its inputs.
import { conceal, concealLike } from "../../provider/values/secrets.ts";
import { select } from "../../provider/values/selection.ts";
import type { Fields } from "../../provider/values/value.ts";
import { newFieldManager } from "./apply.ts";
import { isOfKubernetes } from "./kinds.ts";

/** What must be remembered of how an object came to be. */
export interface Origin {
  readonly manager: string;
  readonly apiVersion: string;
}

export const originOf = (properties: Fields, apiVersion: string): Origin => ({
  manager: properties.__fieldManager ?? newFieldManager(),
  apiVersion: properties.__initialApiVersion ?? apiVersion,
});

/** What the engine keeps of an object. The data of a Secret is secret, whether or not the program says so. */
export function outputsOf(inputs: Fields, live: Fields, { manager, apiVersion }: Origin): Fields {
  const outputs = concealLike(live, inputs);
  if (live.kind === "Secret") {
    outputs.data = conceal(outputs.data);
    const applied = "kubectl.kubernetes.io/last-applied-configuration";
    const { annotations } = live.metadata;
    if (annotations?.[applied]) {
      outputs.metadata = {
        ...live.metadata,
        annotations: { ...annotations, [applied]: conceal(annotations[applied]) },
      };
    }
  }
  return { ...outputs, __inputs: inputs, __initialApiVersion: apiVersion, __fieldManager: manager };
}

/**
 * What counts as the inputs of an object that is imported, or read without being managed: of Kubernetes' own kinds all that
 * somebody may have said, of others the name alone, as with the real plugin.
 */
export function importedInputs(identity: Fields, live: Fields): Fields {
  if (!isOfKubernetes(identity.apiVersion)) return select(live, identity);
  const inputs = structuredClone(live);
  delete inputs.status;
  for (const field of ["creationTimestamp", "generation", "managedFields", "resourceVersion", "uid"]) {
    Reflect.deleteProperty(inputs.metadata, field);
  }
  for (const annotation of ["deployment.kubernetes.io/revision", "kubectl.kubernetes.io/last-applied-configuration"]) {
    Reflect.deleteProperty(inputs.metadata.annotations ?? {}, annotation);
  }
  return inputs;
}

/** The server keeps `stringData` only in its base64 form. */
export function decodedData(live: Fields, stringData: Fields): Fields {
  const keys = Object.keys(stringData).filter((key) => live.data?.[key] !== undefined);
  return Object.fromEntries(keys.map((key) => [key, Buffer.from(live.data[key], "base64").toString()]));
}
