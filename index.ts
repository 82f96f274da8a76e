import { program } from "./program.ts";

// The engine calls what is exported, and takes what it returns for the stack's outputs.
export default program;
