// Words as descriptions use them, brought to one form so that `listMeetings` and "Lists the meetings" have some in
// common.

const IGNORED = new Set(
  "a an the to of for by with and or in on at from as is its it that this these be one all any api v1 v2 open new client controller post put delete patch via given using with will which id ids external".split(
    " ",
  ),
);

/** Words of the same meaning here; the first of each line stands for all of them. */
const SYNONYMS = [
  "list get fetch read retrieve find show query view",
  "schedule book arrange plan",
  "message sms text texting chat",
  "upload file media attachment asset",
  "meeting appointment followup calendar",
  "trigger start run launch enroll execute invoke call begin perform",
  "sequence cadence drip",
  "visitor lead contact customer prospect person",
  "update edit modify upsert change set save",
  "submit",
  "send",
];

const meaning = new Map(
  SYNONYMS.flatMap((line) => {
    const words = line.split(" ");
    return words.map((word): [string, string] => [stem(word), stem(words[0] ?? word)]);
  }),
);

/** The words of a text or of a name like `submitListener`, each once, in one form for all of one meaning. */
export function wordsOf(text: string): Set<string> {
  return new Set(
    text
      .slice(0, 2000)
      .replace(/([a-z\d])([A-Z])/g, "$1 $2")
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== "" && !IGNORED.has(word))
      .map(stem)
      .map((word) => meaning.get(word) ?? word),
  );
}

/** The word without the endings that only grammar wants. */
function stem(word: string): string {
  const shorter = word.replace(/(?:ing|ed|es|s|e)$/, "");
  return shorter === word || shorter.length < 4 ? word : stem(shorter);
}

/** A name as it is, whichever way its words are put together: `firstName`, `first_name`, `FirstName`. */
export function plainName(name: string): string {
  return name.replace(/[^\p{L}\p{N}[\].]/gu, "").toLowerCase();
}
