/** What is written in JavaScript: a folder with an index.js, and an entry of the package. */
export const libraries = ["sandbox"];
