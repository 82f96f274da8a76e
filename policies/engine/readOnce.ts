import deserialize from "@pulumi/policy/deserialize.js";

type Deserialize = (properties: object, proxySecrets: boolean) => object;

// The package exports the function, but strips its declaration.
declare module "@pulumi/policy/deserialize.js" {
  let deserializeProperties: Deserialize;
}

/**
 * Makes the SDK read the properties of a resource once. It reads them anew for each policy, some 200 times, though a call of the
 * engine brings them once and no policy may change them: for a thousand resources that took longer than all the rules.
 */
export function readOnce(): void {
  const { deserializeProperties } = deserialize;
  const known = new WeakMap<object, object>();
  deserialize.deserializeProperties = (properties, proxySecrets) => {
    // A remedy may put something in their place.
    if (proxySecrets) return deserializeProperties(properties, proxySecrets);
    const read = known.get(properties) ?? deserializeProperties(properties, proxySecrets);
    known.set(properties, read);
    return read;
  };
}
