import { Botsplash } from "botsplash";

/** @param {import("./contestant-setup.js").Setup} setup */
export const create = ({ baseUrl, appId, username, password, fetch }) => {
  const auth = { username, password };
  const client = new Botsplash({ appId, baseUrl, auth, fetch, allowBrowserCredentials: true });
  return {
    submitListener: (id, submission) => client.submitListener(id, submission),
    updateVisitor: (who, update) => client.updateVisitor(who, update),
    updatePhoneStatuses: (update) => client.updatePhoneStatuses(update),
    uploadFile: (file, fileName) => client.uploadFile(file, { fileName }),
  };
};
