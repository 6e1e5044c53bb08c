// The nine operations on openapi-fetch, with zod before what is sent.
import createClient from "openapi-fetch";
import {
  ListenerSubmit,
  MeetingSchedule,
  MessageSend,
  PhoneStatusUpdate,
  SequenceTrigger,
  VisitorUpdate,
} from "./schemas.js";

const VISITOR = "/{appId}/visitor/{idType}/{idValue}";

/** @param {import("./contestant-setup.js").Setup} setup */
export const create = ({ baseUrl, appId, authorization, fetch }) => {
  const client = createClient({
    baseUrl,
    fetch,
    headers: { Accept: "application/json", Authorization: authorization },
  });

  const answer = async (call) => {
    const { data, error, response } = await call;
    if (!response.ok)
      throw Object.assign(new Error(`status ${response.status}`), { status: response.status, body: error });
    return data;
  };
  const post = (path, params, body) => answer(client.POST(path, { params: { path: { appId, ...params } }, body }));
  const known = (who) => {
    const [[idType, idValue]] = Object.entries(who);
    return { idType, idValue };
  };

  return {
    submitListener: async (id, submission) =>
      post("/{appId}/listener/botsplash/{id}", { id }, ListenerSubmit.parse(submission)),
    uploadFile: async (file, name) =>
      answer(
        client.POST("/{appId}/upload", {
          params: { path: { appId } },
          body: {},
          bodySerializer() {
            const form = new FormData();
            form.append("file", file, name);
            return form;
          },
        }),
      ),
    triggerSequence: async (id, trigger) => post("/{appId}/sequence/{id}", { id }, SequenceTrigger.parse(trigger)),
    updateVisitor: async (who, update) => post(VISITOR, known(who), VisitorUpdate.parse(update)),
    callVisitorAction: async (who, actionId) => post(`${VISITOR}/action/{actionId}`, { ...known(who), actionId }),
    listMeetings: async (who) =>
      answer(client.GET(`${VISITOR}/meeting`, { params: { path: { appId, ...known(who) } } })),
    scheduleMeeting: async (who, meeting) => post(`${VISITOR}/meeting`, known(who), MeetingSchedule.parse(meeting)),
    sendMessage: async (message) => post("/{appId}/message", {}, MessageSend.parse(message)),
    updatePhoneStatuses: async (update) => post("/{appId}/phone/status", {}, PhoneStatusUpdate.parse(update)),
  };
};
