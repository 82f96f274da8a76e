import type { V1Namespace, V1NamespaceCondition } from "@kubernetes/client-node";
import { expect, it } from "vitest";
import { stuck } from "../../../tools/mesh/terminating.ts";

const NOW = Date.parse("2026-01-01T00:10:00Z");
const HELD = "Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances";

const namespace = (name: string, since: string | undefined, conditions: V1NamespaceCondition[]) => ({
  metadata: { name, ...(since !== undefined && { deletionTimestamp: new Date(since) }) },
  status: { conditions },
});
const condition = (type: string, status: string, message: string) => ({ type, status, message });
const listed = (...items: V1Namespace[]) => ({ listNamespace: () => Promise.resolve({ items }) });

it("a namespace that does not go says what holds it, and how to go on", async () => {
  const held = [
    condition("NamespaceFinalizersRemaining", "True", HELD),
    condition("NamespaceDeletionContentFailure", "False", "none"),
  ];
  const api = listed(
    namespace("stays", undefined, held),
    namespace("has-just-begun", "2026-01-01T00:09:30Z", held),
    namespace("goes", "2026-01-01T00:00:00Z", []),
    namespace("shop", "2026-01-01T00:00:00Z", held),
  );
  expect(await stuck(api, NOW)).toEqual([
    `the namespace shop is still being deleted: ${HELD}. Whoever has set a finalizer takes it away; where that one is gone for good, do it yourself: kubectl -n shop edit`,
  ]);
});
