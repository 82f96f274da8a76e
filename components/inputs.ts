import type * as pulumi from "@pulumi/pulumi";

/** The type, of which each value may also be one that is known only after an update. */
export type Inputs<T> = T extends object ? { readonly [Name in keyof T]: Inputs<T[Name]> } : pulumi.Input<T>;
