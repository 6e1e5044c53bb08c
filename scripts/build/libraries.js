/**
 * @typedef {object} Library
 * @property {string} name of the package's entry
 * @property {string} entry the file it is made of
 * @property {boolean} [forPages] where every byte is downloaded by everybody
 */

/** The parts written in TypeScript. @type {Library[]} */
export const libraries = [
  { name: "sandbox", entry: "sandbox/index.ts" },
  { name: "relay", entry: "relay/index.ts" },
  { name: "form", entry: "relay/form/form.ts", forPages: true },
];
