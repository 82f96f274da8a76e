import { program } from "./program";

// The engine calls what is exported, and takes what it returns for the stack's outputs.
export = program;
