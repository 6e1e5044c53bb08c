// The build puts the package's version here.
declare const BOTSPLASH_VERSION: string | undefined;

/** The version of the package; `0.0.0` where the sources run unbuilt. */
export const version = typeof BOTSPLASH_VERSION === "string" ? BOTSPLASH_VERSION : "0.0.0";
