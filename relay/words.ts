/** Words are the same whatever the white space between them. */
export const sameWords = (words: string): string => words.normalize().replace(/\s+/g, " ").trim();
