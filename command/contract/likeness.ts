// How much one of their operations looks like one of ours. Paths do not count: they are what is to be found out.
import type { Body, Operation } from "./description.ts";
import type { OurOperation } from "./ours.ts";
import type { Shape } from "./shape.ts";
import { plainName, wordsOf } from "./words.ts";

/** One kind of evidence. */
export interface Evidence {
  readonly kind: "id" | "words" | "parameters" | "request" | "response" | "method";
  /** How much it counts. */
  readonly weight: number;
  /** From 0, nothing in common, to 1, the same. */
  readonly likeness: number;
}

export interface Likeness {
  /** From 0 to 1. */
  readonly score: number;
  readonly evidence: readonly Evidence[];
}

/** An operation that scores less is another one. */
export const LEAST = 0.5;

/** With less evidence than this nobody can be sure. */
const ENOUGH_WEIGHT = 5;

/** Compares operations with ours: a word or a field that few of ours have counts more. */
export function comparison(ours: readonly OurOperation[]): (our: OurOperation, their: Operation) => Likeness {
  const rarity = {
    id: rarityIn(ours.map(({ id }) => wordsOf(id))),
    words: rarityIn(ours.map(saidOf)),
    request: rarityIn(ours.map(({ request }) => fieldNames(request))),
    response: rarityIn(ours.map(({ response }) => fieldNames(response))),
  };
  return (our, their) => {
    const evidence: Evidence[] = [
      ...idEvidence(our, their, rarity.id),
      ...wordEvidence(our, their, rarity.words),
      parameterEvidence(our, their),
      requestEvidence(our.request, their.request, rarity.request),
      ...responseEvidence(our.response, their.response, rarity.response),
      { kind: "method", weight: 0.5, likeness: isRead(our) === isRead(their) ? 1 : 0 },
    ];
    const weight = evidence.reduce((sum, one) => sum + one.weight, 0);
    const likeness = evidence.reduce((sum, one) => sum + one.weight * one.likeness, 0);
    // Whatever else is alike: a file is not a message.
    const contradiction = our.request.kind === their.request.kind ? 1 : 0.5;
    // Fields alone say which data an operation takes, and not what it does with them.
    const silence = evidence.some(({ kind }) => kind === "id" || kind === "words") ? 1 : 0.8;
    const score = (likeness / weight) * Math.min(1, weight / ENOUGH_WEIGHT) * contradiction * silence;
    // Two of one name are the same, unless another one is more so; the report says in which they differ.
    const named = plainName(our.id) === plainName(their.id ?? "") ? LEAST : 0;
    return { score: Math.max(score, named), evidence };
  };
}

function isRead({ method }: Operation): boolean {
  return method === "GET" || method === "HEAD";
}

function idEvidence(our: OurOperation, their: Operation, rarity: Rarity): Evidence[] {
  if (their.id === undefined || their.id === "") return [];
  const same = plainName(our.id) === plainName(their.id);
  return [{ kind: "id", weight: 3, likeness: same ? 1 : 0.95 * overlap(wordsOf(our.id), wordsOf(their.id), rarity) }];
}

/** An operation's own words: its name in words, its summary, its tags. */
function saidOf({ id = "", summary, description, tags }: Operation): Set<string> {
  const said = summary === "" ? (description.split(/[.\n]/)[0] ?? "") : summary;
  return wordsOf(`${id} ${said} ${tags.join(" ")}`);
}

function wordEvidence(our: OurOperation, their: Operation, rarity: Rarity): Evidence[] {
  const said = saidOf({ ...their, id: "" });
  // Words of which we know none may be of another language: they say nothing.
  if (![...said].some((word) => rarity(word) !== undefined)) return [];
  return [{ kind: "words", weight: 2, likeness: overlap(wordsOf(`${our.id} ${our.summary}`), said, rarity) }];
}

function parameterEvidence(our: Operation, their: Operation): Evidence {
  const names = (operation: Operation): string[] =>
    operation.parameters.filter((one) => one.in === "path").map(({ name }) => plainName(name));
  const [ourNames, theirNames] = [names(our), names(their)];
  const count = 1 - Math.abs(ourNames.length - theirNames.length) / Math.max(ourNames.length, theirNames.length, 1);
  const shared = ourNames.filter((name) => theirNames.includes(name)).length / Math.max(ourNames.length, 1);
  return { kind: "parameters", weight: 1, likeness: Math.max(0, count) * (0.6 + 0.4 * shared) };
}

function requestEvidence(our: Body, their: Body, rarity: Rarity): Evidence {
  if (our.kind !== their.kind) return { kind: "request", weight: 3, likeness: 0 };
  // That both take nothing, or both a file, says less than fields do.
  if (our.kind === "none") return { kind: "request", weight: 1, likeness: 1 };
  if (our.kind !== "json") return { kind: "request", weight: 3, likeness: 1 };
  const theirs = fieldNames(their);
  // Their schema is not there, or says nothing.
  if (theirs.size === 0) return { kind: "request", weight: 1, likeness: 0.5 };
  return { kind: "request", weight: 3, likeness: overlap(fieldNames(our), theirs, rarity, 0.3) };
}

function responseEvidence(our: Body, their: Body, rarity: Rarity): Evidence[] {
  const theirs = fieldNames(their);
  if (theirs.size === 0) return [];
  return [{ kind: "response", weight: 2, likeness: overlap(fieldNames(our), theirs, rarity, 0.3) }];
}

/** The fields of a body, down to those of its objects. */
function fieldNames(body: Body): Set<string> {
  const shape: Shape = body.kind === "json" ? body.shape : new Map();
  return new Set([...shape.keys()].filter((path) => path !== "" && path.split(".").length <= 2).map(plainName));
}

type Rarity = (word: string) => number | undefined;

/** A word that only one of ours has counts most; one that none of ours has is unknown. */
function rarityIn(all: readonly ReadonlySet<string>[]): Rarity {
  const counts = new Map<string, number>();
  for (const words of all) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return (word) => {
    const count = counts.get(word);
    return count === undefined ? undefined : Math.log(1 + all.length / count);
  };
}

/**
 * How much of ours is there, less what is there of others of ours.
 *
 * @param unknownWeight How much a word counts against it that none of ours has.
 */
function overlap(ours: ReadonlySet<string>, theirs: ReadonlySet<string>, rarity: Rarity, unknownWeight = 0): number {
  const sum = (words: readonly string[]): number =>
    words.reduce((total, word) => total + (rarity(word) ?? unknownWeight), 0);
  const common = sum([...ours].filter((word) => theirs.has(word)));
  const foreign = sum([...theirs].filter((word) => !ours.has(word)));
  const all = sum([...ours]);
  return all === 0 ? 0 : common / (all + foreign * 0.5);
}
