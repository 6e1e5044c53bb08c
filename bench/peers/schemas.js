// The request schemas of openapi.json in zod: closed, as the client's own are.
import * as z from "zod";

const text = () => z.string().optional();

const NewVisitor = z.strictObject({
  clientVisitorId: text(),
  agentClientUserId: text(),
  participantAgentIds: text(),
  teamCode: text(),
  firstName: text(),
  lastName: text(),
  email: text(),
  phoneNumber: text(),
  state: text(),
  tzName: text(),
  deliveryStatus: z.int().optional(),
  extendedAttributes: z.record(z.string(), z.json()).optional(),
});

const ListenerArgs = z.object({ message: text(), mediaUrl: text(), mediaKey: text() }).catchall(z.json());

export const ListenerSubmit = z.strictObject({ visitor: NewVisitor, args: ListenerArgs.optional() });

const VisitorInfo = z.strictObject({
  clientVisitorId: text(),
  clientAppId: text(),
  agentClientUserId: text(),
  teamCode: text(),
  firstName: text(),
  lastName: text(),
  email: text(),
  phoneNumber: text(),
  validPhoneNumbers: z.array(z.string()).optional(),
  state: text(),
  milestone: text(),
  visitorStatus: text(),
  tzName: text(),
  deliveryStatus: z.int().optional(),
});

export const SequenceTrigger = z.strictObject({ visitor: VisitorInfo });

export const VisitorUpdate = z.strictObject({
  updateOnly: z.boolean().optional(),
  agentUpdate: z.boolean().optional(),
  retainAccess: z.boolean().optional(),
  retainPhones: z.boolean().optional(),
  visitor: VisitorInfo.optional(),
});

export const MeetingSchedule = z.strictObject({
  agentClientUserId: z.string(),
  followupAt: z.iso.datetime({ offset: true }),
  duration: z.int().optional(),
  notes: text(),
  description: text(),
  additionalEmails: z.array(z.string()).optional(),
});

export const MessageSend = z.strictObject({ text: z.string(), visitor: VisitorInfo.optional() });

export const PhoneStatusUpdate = z.strictObject({
  items: z.array(z.strictObject({ phoneNumber: z.string(), status: z.string() })),
});
