import { defineConfig } from "vitest/config";

const MEASURED = ["journey", "traffic", "observability"].map((name) => `test/e2e/${name}.test.ts`);

/** Of two cores, vitest would leave one idle. */
const ON_ALL_CORES = { maxWorkers: "100%", testTimeout: 120_000 };

/** A test is some runs of `up`, each of them half a minute, or two beside another file on a slow machine. */
const onTheMachine = { testTimeout: 600_000, hookTimeout: 600_000 };

export default defineConfig({
  test: {
    reporters: ["default", "./test/closingLine.ts"],
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**", "test/long/**", "test/policies/rules/**", "test/awsApi/**"],
          ...ON_ALL_CORES,
        },
      },
      {
        // What botocore, AWS's own library, says of the settings and stacks. It needs Python and pip.
        test: { name: "aws", include: ["test/awsApi/**/*.test.ts"], ...ON_ALL_CORES },
      },
      {
        // One file a rule, each a matter of milliseconds once the rules are loaded: they share what is loaded.
        test: { name: "rules", include: ["test/policies/rules/**/*.test.ts"], isolate: false, ...ON_ALL_CORES },
      },
      {
        test: {
          ...onTheMachine,
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          exclude: MEASURED,
          // Each has a cluster, an account or a folder of its own. Much of the time they wait for something.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // These measure times and shares, or look at the whole machine.
        test: {
          ...onTheMachine,
          name: "measured",
          include: MEASURED,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        // What takes long: nightly, and where one of these is touched.
        test: {
          ...onTheMachine,
          name: "long",
          include: ["test/long/**/*.test.ts"],
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
