/** Memory of a container whose arguments do not say. */
export const defaultMemory = { request: "64Mi", limit: "512Mi" } as const;
