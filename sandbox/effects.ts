// The effect and the answer of each operation. Every comment that says "our choice" marks a place where the
// contract is silent.
import type { OperationName } from "botsplash";
import type { Json } from "./contract.ts";
import { Refusal } from "./refusal.ts";
import type { State } from "./state.ts";
import { earlierRequest, remember } from "./submission-key.ts";
import type { SandboxVisitor, Text } from "./types.ts";
import * as visitors from "./visitors.ts";

/** A request that passed every check. */
export interface Call {
  readonly state: State;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Json;
  readonly file: File | undefined;
  readonly submissionKey: string | undefined;
  readonly at: number;
}

export interface Effect {
  readonly answer: Json;
  readonly visitor?: SandboxVisitor;
  /** It is the answer to an earlier request, and nothing was done again. */
  readonly repeated?: true;
}

/** By name: an operation without an effect does not compile. */
export const effects: { readonly [Name in OperationName]: (call: Call) => Effect | Promise<Effect> } = {
  // A visitor without clientVisitorId is a new one each time: our choice.
  submitListener({ state, params: { appId = "", id: listenerId = "" }, body, submissionKey: key, at }) {
    const keyed = key === undefined ? undefined : { appId, listenerId, key, body };
    const earlier = keyed && earlierRequest(state, keyed);
    if (earlier !== undefined) return { answer: { success: true, requestId: earlier }, repeated: true };

    const visitor = visitors.createOrUpdate(state, body.visitor);
    const requestId = state.ids.next();
    const args: Json = body.args ?? {};
    state.submissions.push({
      requestId,
      appId,
      listenerId,
      visitorId: visitor.id,
      visitor: body.visitor,
      args,
      at,
    });
    const message = args.message ?? "Hello from the sandbox's listener.";
    text(state, visitor, { text: message, by: "submitListener", media: args.mediaKey ?? args.mediaUrl });
    if (keyed) remember(state, keyed, requestId);
    return { visitor, answer: { success: true, requestId } };
  },

  async uploadFile({ state, params: { appId = "" }, file, at }) {
    if (file === undefined) {
      const message = "The body must have one part: a file with a file name, under the name file.";
      throw new Refusal(400, "parts_wrong", message);
    }
    const { name: filename, type, size } = file;
    const bytes = new Uint8Array(await file.arrayBuffer());
    const key = state.ids.next();
    state.uploads.push({ key, appId, filename, type, size, bytes, at });
    return { answer: { key } };
  },

  triggerSequence({ state, params: { appId = "", id = "" }, body, at }) {
    const visitor = visitors.createOrUpdate(state, body.visitor);
    const visitorSequenceId = state.ids.next();
    state.sequences.push({ visitorSequenceId, appId, sequenceId: id, visitorId: visitor.id, at });
    text(state, visitor, { text: "Hello from the sandbox's sequence.", by: "triggerSequence" });
    return {
      visitor,
      answer: { visitorId: visitor.id, visitorSequenceId, visitorUrl: visitors.url(visitor), success: true },
    };
  },

  // An unknown visitor is created, unless updateOnly: then it is a 404. Our choice: what happens was
  // cut off in the published text. `agentUpdate` has no effect here, since the sandbox has no agents
  // to tell.
  updateVisitor({ state, params, body }) {
    const who = whoIn(params);
    const known = visitors.find(state, who);
    if (!known && body.updateOnly) throw unknownVisitor(404);
    // The path says who is meant, whatever id the body has: our choice.
    const info = { ...body.visitor, ...who };
    const visitor = visitors.update(state, known ?? visitors.create(state), info, body);
    return { visitor, answer: visitors.answer(visitor) };
  },

  // An unknown visitor is a 404: our choice.
  callVisitorAction({ state, params, at }) {
    const visitor = visitors.find(state, whoIn(params));
    if (!visitor) throw unknownVisitor(404);
    const { appId = "", actionId = "" } = params;
    state.actions.push({ appId, actionId, visitorId: visitor.id, at });
    return { visitor, answer: visitors.answer(visitor) };
  },

  // An unknown visitor is a 404, and a meeting shows what was scheduled: our choices.
  listMeetings({ state, params }) {
    const visitor = visitors.find(state, whoIn(params));
    if (!visitor) throw unknownVisitor(404);
    const meetings = state.meetings
      .filter(({ visitorId }) => visitorId === visitor.id)
      .map(({ appId, visitorId, at, ...meeting }) => meeting);
    return { visitor, answer: { visitorId: visitor.id, count: meetings.length, meetings } };
  },

  scheduleMeeting({ state, params, body, at }) {
    const visitor = visitors.find(state, whoIn(params));
    // The one refusal that is published.
    if (!visitor) throw unknownVisitor(400);
    // A leap second is a valid date-time, but none that Date can read.
    const starts = Date.parse(body.followupAt.replace(/:60(?=[.zZ+-])/, ":59"));
    if (!(starts > at)) {
      throw new Refusal(400, "not_in_future", "The meeting must lie in the future.", {
        fields: [{ field: "followupAt", message: "must lie in the future" }],
      });
    }
    const meetingId = state.ids.next();
    state.meetings.push({
      meetingId,
      appId: params.appId ?? "",
      visitorId: visitor.id,
      agentClientUserId: body.agentClientUserId,
      followupAt: body.followupAt,
      duration: body.duration ?? 30,
      notes: body.notes ?? null,
      description: body.description ?? "Meeting scheduled via API",
      additionalEmails: body.additionalEmails ?? [],
      at,
    });
    return {
      visitor,
      answer: {
        success: true,
        visitorId: visitor.id,
        meetingId,
        followupAt: body.followupAt,
        updateError: null,
        visitorUrl: visitors.url(visitor),
      },
    };
  },

  // The visitor must be on file and have a phone number, else 400. It is found by its ids or its
  // number, and the message changes nothing about it. These are our choices, from "a visitor known by
  // CRM id and phone number".
  sendMessage({ state, params: { appId = "" }, body, at }) {
    const info = body.visitor ?? {};
    const visitor = visitors.find(state, info) ?? visitors.findByPhone(state, info.phoneNumber);
    if (!visitor) throw unknownVisitor(400);
    const to = info.phoneNumber ?? visitor.phoneNumber;
    if (to === null) throw new Refusal(400, "visitor_without_phone", "The visitor has no phone number on file.");
    state.messages.push({ appId, visitorId: visitor.id, text: body.text, to, at });
    state.texts.push({ to, text: body.text, by: "sendMessage" });
    return { visitor, answer: visitors.answer(visitor) };
  },

  // `count` is how many of the numbers belong to a visitor on file: our choice.
  updatePhoneStatuses({ state, params: { appId = "" }, body, at }) {
    let count = 0;
    for (const { phoneNumber, status } of body.items) {
      const visitorId = visitors.findByPhone(state, phoneNumber)?.id ?? null;
      if (visitorId !== null) count += 1;
      state.phoneStatuses.push({ appId, phoneNumber, status, visitorId, at });
    }
    return { answer: { success: true, count } };
  },
};

function whoIn({ idType = "", idValue }: Readonly<Record<string, string>>): visitors.Who {
  return { [idType]: idValue };
}

function unknownVisitor(status: number): Refusal {
  const message = "No such visitor: submit one to a listener, or create one with updateVisitor.";
  return new Refusal(status, "visitor_unknown", message);
}

type Sent = Pick<Text, "text" | "by"> & { readonly media?: string | undefined };

/** A visitor without a phone number is not texted. */
function text(state: State, { phoneNumber }: SandboxVisitor, { text, by, media }: Sent): void {
  if (phoneNumber !== null) state.texts.push({ to: phoneNumber, text, by, ...(media && { media }) });
}
