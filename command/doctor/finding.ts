/** The finding of one check. */
export interface Finding {
  readonly check: "name" | "tls" | "api" | "credentials" | "address" | "route" | "lookup" | "clock";
  /** `unknown`: nobody can tell from here. `skipped`: an earlier answer leaves nothing to ask. */
  readonly verdict: "right" | "wrong" | "unknown" | "skipped";
  /** For people; holds no secret, and nobody's data. */
  readonly sentence: string;
}

export type Check = Finding["check"];

export function finding(check: Check, verdict: Finding["verdict"], sentence: string): Finding {
  return { check, verdict, sentence };
}
