import type { OperationName } from "botsplash";

/** The facts that the samples of an operation need and openapi.json lacks. */
interface SampleFacts {
  /** Whether an HTML form can make the call: the relay takes forms for listeners alone. */
  htmlForm: boolean;
}

/** An operation that is missing here does not compile. */
export const sampleFacts: Record<OperationName, SampleFacts> = {
  submitListener: { htmlForm: true },
  uploadFile: { htmlForm: false },
  triggerSequence: { htmlForm: false },
  updateVisitor: { htmlForm: false },
  callVisitorAction: { htmlForm: false },
  listMeetings: { htmlForm: false },
  scheduleMeeting: { htmlForm: false },
  sendMessage: { htmlForm: false },
  updatePhoneStatuses: { htmlForm: false },
};
