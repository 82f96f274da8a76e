// A preview of a change, as the engine would write it down.
import { load } from "js-yaml";
import type { PreviewEvent } from "../../tools/preview/events.ts";

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

export type Finding = NonNullable<PreviewEvent["policyEvent"]>;

const typeOf = ({ apiVersion, kind }: Manifest): string =>
  `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;

const STACK = "urn:pulumi:dev::bookinfo-mesh::pulumi:pulumi:Stack::bookinfo-mesh-dev";

/** The events of a preview in which these become those. */
export function eventsOf(
  before: readonly object[],
  after: readonly object[],
  findings: readonly Partial<Finding>[] = [],
): PreviewEvent[] {
  const keyed = (list: readonly object[]) =>
    new Map(
      (list as Manifest[]).map((one) => [`${typeOf(one)}::${one.metadata.namespace ?? ""}-${one.metadata.name}`, one]),
    );
  const [old, next] = [keyed(before), keyed(after)];
  const keys = [...new Set([...old.keys(), ...next.keys()])];
  const changes: Record<string, number> = {};
  const steps = keys.map((key) => {
    const [was, is] = [old.get(key), next.get(key)];
    const op =
      was === undefined
        ? "create"
        : is === undefined
          ? "delete"
          : JSON.stringify(was) === JSON.stringify(is)
            ? "same"
            : "update";
    changes[op] = (changes[op] ?? 0) + 1;
    const urn = `urn:pulumi:dev::bookinfo-mesh::${key}`;
    const state = (inputs: Manifest) => ({
      type: typeOf(inputs),
      urn,
      custom: true,
      parent: STACK,
      inputs,
      outputs: {},
    });
    return {
      resourcePreEvent: {
        planning: true,
        metadata: {
          op,
          urn,
          type: key.split("::")[0],
          logical: true,
          provider: "",
          ...(was && { old: state(was) }),
          ...(is && { new: state(is) }),
        },
      },
    };
  });
  return [
    ...steps,
    ...findings.map((policyEvent) => ({ policyEvent })),
    { summaryEvent: { maybeCorrupt: false, durationSeconds: 1, resourceChanges: changes, policyPacks: {} } },
  ] as unknown as PreviewEvent[];
}

/** Manifests of a text, one after the other. */
export const manifests = (text: string): object[] =>
  text
    .split(/^---$/m)
    .filter((part) => part.trim() !== "")
    .map((part) => load(part) as object);
