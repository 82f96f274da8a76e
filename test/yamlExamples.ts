/** What a Markdown text shows as YAML. */
export const yamlExamples = (markdown: string): string[] =>
  [...markdown.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, example = ""]) => example);
