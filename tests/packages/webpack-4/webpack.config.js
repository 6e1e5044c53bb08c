// Node 17 and later no longer have the hash that webpack 4 takes by default.
module.exports = { mode: "production", entry: { app: "./app.js" }, output: { hashFunction: "sha256" } };
