// In place of the TypeScript compiler, which the SDK loads for functions that become programs: there are none in a plugin.
export {};
