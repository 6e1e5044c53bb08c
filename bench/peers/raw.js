// Code by hand: a Request, its answer's JSON, an error where the status is one. It does not check the request.

/**
 * @param {import("./contestant-setup.js").Setup} setup
 * @param {{ timeoutMs?: number, request?: boolean }} [options] a deadline for each call takes a signal and a timer;
 *   whether a Request is made before fetch is called
 */
export const create = ({ baseUrl, appId, authorization, fetch }, { timeoutMs, request = true } = {}) => {
  const base = `${baseUrl}/${encodeURIComponent(appId)}`;
  const accepting = { Accept: "application/json", Authorization: authorization };

  const send = async (path, headers, body, signal) => {
    const init = { method: "POST", headers, body, redirect: "manual", signal };
    const response = await (request ? fetch(new Request(base + path, init)) : fetch(base + path, init));
    const answer = await response.json();
    if (!response.ok)
      throw Object.assign(new Error(`status ${response.status}`), { status: response.status, body: answer });
    return answer;
  };
  const within = async (path, headers, body) => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), timeoutMs);
    try {
      return await send(path, headers, body, controller.signal);
    } finally {
      clearTimeout(timer);
    }
  };
  const call = timeoutMs === undefined ? send : within;
  const post = (path, body) => call(path, { ...accepting, "Content-Type": "application/json" }, JSON.stringify(body));

  return {
    submitListener: (id, submission) => post(`/listener/botsplash/${encodeURIComponent(id)}`, submission),
    updateVisitor: (who, update) => {
      const [[type, id]] = Object.entries(who);
      return post(`/visitor/${type}/${encodeURIComponent(id)}`, update);
    },
    updatePhoneStatuses: (update) => post("/phone/status", update),
    uploadFile: (file, name) => {
      const form = new FormData();
      form.append("file", file, name);
      return call("/upload", accepting, form);
    },
  };
};
