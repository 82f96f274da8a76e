/**
 * The object without the fields that are undefined. tsc refuses a field that the type does not have, which it would let
 * pass where fields are spread.
 */
export function defined<T extends object>(fields: { readonly [Name in keyof T]: T[Name] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
