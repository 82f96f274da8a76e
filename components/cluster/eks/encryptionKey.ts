/** The tag of a cluster that says which key it was given; one that was made for it is in no tag. */
export const KEY_TAG = "encryption-key";

/** What a cluster bears that was given a key. */
export function keyTags(encryptionKey: string | undefined): Record<string, string> {
  return encryptionKey === undefined ? {} : { [KEY_TAG]: encryptionKey };
}

/**
 * What is wrong with the key of a cluster that is there. EKS takes one once; of another one the AWS plugin says nothing, and the
 * key that was made for the cluster would be deleted, and all Secrets with it.
 *
 * @param tags of the cluster; nothing where it is yet to be made
 */
export function encryptionKeyProblem(
  cluster: string,
  encryptionKey: string | undefined,
  tags: Readonly<Record<string, string>> | undefined,
): string | undefined {
  if (tags === undefined || tags[KEY_TAG] === encryptionKey) return undefined;
  const { [KEY_TAG]: given } = tags;
  const another = "or make a cluster of another name";
  if (given === undefined) {
    return `must be left out: ${cluster} is there with a key that was made for it, and EKS never takes another one; leave it out, ${another}`;
  }
  return `must be ${given}: ${cluster} is there with that key, and EKS never takes another one; write it, ${another}`;
}
