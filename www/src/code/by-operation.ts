import type { OperationName } from "botsplash";

/** What the samples of an operation need and openapi.json does not say. */
interface SampleFacts {
  /** The crate's name for the body; `undefined` where the operation sends none, or a file. */
  rustBody: string | undefined;
  /** Whether an HTML form can make the call: the relay takes forms for listeners alone. */
  htmlForm: boolean;
}

/** An operation that is missing here does not compile. */
export const sampleFacts: Record<OperationName, SampleFacts> = {
  submitListener: { rustBody: "submission", htmlForm: true },
  uploadFile: { rustBody: undefined, htmlForm: false },
  triggerSequence: { rustBody: "trigger", htmlForm: false },
  updateVisitor: { rustBody: "update", htmlForm: false },
  callVisitorAction: { rustBody: undefined, htmlForm: false },
  listMeetings: { rustBody: undefined, htmlForm: false },
  scheduleMeeting: { rustBody: "meeting", htmlForm: false },
  sendMessage: { rustBody: "message", htmlForm: false },
  updatePhoneStatuses: { rustBody: "update", htmlForm: false },
};
