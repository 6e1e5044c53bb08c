// Which of their operations is which of ours. An unclear match is reported, and never guessed.
import type { Operation } from "./description.ts";
import { comparison, type Evidence, LEAST, type Likeness } from "./likeness.ts";
import type { OurOperation } from "./ours.ts";

/** One of their operations, and how much it looks like one of ours. */
export interface Candidate {
  readonly operation: Operation;
  readonly score: number;
  readonly evidence: readonly Evidence[];
}

export type Match =
  | {
      readonly found: "one";
      readonly candidate: Candidate;
      readonly sure: boolean;
      readonly passedOver: readonly Candidate[];
    }
  /** Several fit about equally well. */
  | { readonly found: "several"; readonly candidates: readonly Candidate[] }
  /** One fits, but it fits others of ours about equally well. */
  | { readonly found: "shared"; readonly candidate: Candidate; readonly with: readonly OurOperation[] }
  | { readonly found: "none" };

export interface Matches {
  readonly of: ReadonlyMap<OurOperation, Match>;
  /** Those of theirs that are none of ours. */
  readonly others: readonly Operation[];
}

const SURE = 0.75;
/** Candidates within this distance cannot be told apart. */
const MARGIN = 0.08;

export function match(ours: readonly OurOperation[], theirs: readonly Operation[]): Matches {
  const compare = comparison(ours);
  const likeness = new Map(ours.map((our) => [our, new Map(theirs.map((their) => [their, compare(our, their)]))]));
  const at = (our: OurOperation, their: Operation): Likeness =>
    likeness.get(our)?.get(their) ?? { score: 0, evidence: [] };
  const taken = assign(ours, theirs, (our, their) => at(our, their).score);
  const ownerOf = new Map([...taken].map(([our, their]) => [their, our]));

  const of = new Map<OurOperation, Match>();
  for (const our of ours) {
    const their = taken.get(our);
    if (their === undefined) {
      of.set(our, unassigned(our));
      continue;
    }
    const { score } = at(our, their);
    const close = theirs.filter((other) => {
      const its = at(our, other).score;
      const owner = ownerOf.get(other);
      const belongsElsewhere = owner !== undefined && owner !== our && at(owner, other).score > its + MARGIN;
      return other === their || (its >= LEAST && its > score - MARGIN && !belongsElsewhere);
    });
    // Where the description itself advises against all but one of them, that one is meant.
    const current = close.filter(({ deprecated }) => !deprecated);
    const [only] = close.length === 1 ? close : current;
    const sharers = sharersOf(our, their);
    if (only === undefined || (close.length > 1 && current.length !== 1)) {
      of.set(our, { found: "several", candidates: close.map((one) => candidate(our, one)) });
    } else if (sharers.length > 0) {
      of.set(our, { found: "shared", candidate: candidate(our, only), with: sharers });
    } else {
      const passedOver = close.filter((one) => one !== only).map((one) => candidate(our, one));
      const sure = at(our, only).score >= SURE;
      of.set(our, { found: "one", candidate: candidate(our, only), sure, passedOver });
    }
  }

  /** Ours that got none, and that this one would fit about as well. */
  function sharersOf(our: OurOperation, their: Operation): OurOperation[] {
    return ours.filter((other) => {
      if (other === our || taken.has(other)) return false;
      const its = at(other, their).score;
      return its >= LEAST && its > at(our, their).score - MARGIN;
    });
  }

  function unassigned(our: OurOperation): Match {
    const fitting = [...taken].find(([owner, their]) => sharersOf(owner, their).includes(our));
    if (fitting === undefined) return { found: "none" };
    const [owner, their] = fitting;
    const others = sharersOf(owner, their).filter((other) => other !== our);
    return { found: "shared", candidate: candidate(our, their), with: [owner, ...others] };
  }

  function candidate(our: OurOperation, operation: Operation): Candidate {
    return { operation, ...at(our, operation) };
  }

  const named = new Set([...of.values()].flatMap(namedBy));
  return { of, others: theirs.filter((their) => !named.has(their)) };
}

function namedBy(match: Match): Operation[] {
  switch (match.found) {
    case "one":
      return [match.candidate, ...match.passedOver].map(({ operation }) => operation);
    case "several":
      return match.candidates.map(({ operation }) => operation);
    case "shared":
      return [match.candidate.operation];
    case "none":
      return [];
  }
}

/** Each of ours gets at most one of theirs and the other way round, the best pairs first. */
function assign(
  ours: readonly OurOperation[],
  theirs: readonly Operation[],
  score: (our: OurOperation, their: Operation) => number,
): Map<OurOperation, Operation> {
  const pairs = ours
    .flatMap((our) => theirs.map((their) => ({ our, their, score: score(our, their) })))
    .filter((pair) => pair.score >= LEAST)
    .sort((a, b) => b.score - a.score);
  const taken = new Map<OurOperation, Operation>();
  const gone = new Set<Operation>();
  for (const { our, their } of pairs) {
    if (taken.has(our) || gone.has(their)) continue;
    taken.set(our, their);
    gone.add(their);
  }
  return taken;
}
