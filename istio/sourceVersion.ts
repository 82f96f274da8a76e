/** Of all charts in Istio's source, whatever their state: whoever releases them writes another version there. */
export const SOURCE_VERSION = "1.0.0";
