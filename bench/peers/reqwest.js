// It calls the global fetch: whoever measures it has put its own in that place.
import init, { Client } from "#reqwest";
import wasm from "#reqwest-wasm";

/** @type {Promise<unknown> | undefined} */
let starting;

/** @param {import("./contestant-setup.js").Setup} setup */
export const create = ({ baseUrl, appId, username, password }) => {
  /** @type {Client | undefined} */
  let client;
  const up = async () => {
    await (starting ??= init({ module_or_path: wasm }));
    return (client ??= new Client(baseUrl, appId, username, password));
  };
  return {
    submitListener: async (id, submission) => (client ?? (await up())).submitListener(id, submission),
    updateVisitor: async (who, update) => {
      const [[type, id]] = Object.entries(who);
      return (client ?? (await up())).updateVisitor(type, id, update);
    },
    updatePhoneStatuses: async (update) => (client ?? (await up())).updatePhoneStatuses(update),
    uploadFile: async (file, name) =>
      (client ?? (await up())).uploadFile(new Uint8Array(await file.arrayBuffer()), name),
  };
};
