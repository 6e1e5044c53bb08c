/**
 * @typedef {object} Library
 * @property {string} name of the package's entry
 * @property {string} entry the file it is made of
 * @property {boolean} [forPages] where every byte is downloaded by everybody
 */

/** What is written in JavaScript. @type {Library[]} */
export const libraries = [
  { name: "sandbox", entry: "sandbox/index.js" },
  { name: "relay", entry: "relay/index.js" },
  { name: "form", entry: "relay/form/form.js", forPages: true },
];
