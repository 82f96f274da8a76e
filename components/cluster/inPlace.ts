/**
 * Of a provider: a Secret of which only the content changes is changed, not deleted and made anew. In between, a control plane that
 * starts would not find the key of its authority, and would make one of its own.
 */
export const inPlace = { enableSecretMutable: true } as const;
