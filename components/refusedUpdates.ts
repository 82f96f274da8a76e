import * as pulumi from "@pulumi/pulumi";

/**
 * Refuses updates of a resource, in a preview as well. The program does not know what is there; the engine tells it to what
 * runs before an update.
 *
 * @param name of what runs, each once in a program
 * @param problem why the inputs must not follow those of old; nothing where they may
 */
export function refusing(
  name: string,
  problem: (before: unknown, after: unknown) => string | undefined,
): Pick<pulumi.ResourceOptions, "hooks"> {
  // Mocks, by which programs are tested, know of no hooks.
  if (!("registerResourceHook" in Object(pulumi.runtime.getMonitor()))) return {};
  const hook = new pulumi.ResourceHook(
    name,
    ({ oldInputs, newInputs }) => {
      const reason = problem(oldInputs, newInputs);
      if (reason !== undefined) throw new Error(reason);
    },
    { onDryRun: true },
  );
  return { hooks: { beforeUpdate: [hook] } };
}
