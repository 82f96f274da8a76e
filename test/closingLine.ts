import type { Reporter, TestModule } from "vitest/node";

/** Ends the run with one line that any reader, or program, understands. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    const broken = modules.filter((module) => module.state() === "failed" && module.errors().length > 0).length;
    console.log(`${count("passed")} passed, ${count("failed") + broken + errors.length} failed`);
  }
}
