/** An error in the words in which the real plugin passes on what an AWS service says. */
export function apiError(type: string, action: string, code: string, message: string, before = ""): Error {
  const service = type.split(":")[1]?.split("/")[0]?.toUpperCase() ?? "AWS";
  return new Error(`operation error ${service}: ${action}, ${before}api error ${code}: ${message}`);
}
