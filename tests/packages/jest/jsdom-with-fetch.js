// jsdom has no fetch and no text encoding: these are Node's. Its AbortSignal is not one that Node's fetch takes.
const { TestEnvironment } = require("jest-environment-jsdom");

module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    Object.assign(this.global, { fetch, Headers, Request, Response, FormData, Blob, File });
    Object.assign(this.global, { AbortController, AbortSignal, TextDecoder, TextEncoder });
  }
};
