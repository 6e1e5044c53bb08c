// The published samples.

const visitorInfo = {
  clientVisitorId: "12345",
  clientAppId: "12345",
  agentClientUserId: "12345",
  teamCode: "333",
  firstName: "Jane",
  lastName: "Doe",
  email: "customerEmail@example.com",
  phoneNumber: "3334445555",
  validPhoneNumbers: ["3334445555", "2223334444"],
  state: "NC",
  milestone: "SUPER",
  visitorStatus: "Contacted",
  tzName: "America/New_York",
  deliveryStatus: 202,
};

export const samples = {
  visitorInfo,
  listener: {
    visitor: {
      clientVisitorId: "12345",
      agentClientUserId: "12345",
      participantAgentIds: "54321",
      teamCode: "333",
      firstName: "Jane",
      lastName: "Doe",
      email: "example@example.com",
      phoneNumber: "3334445555",
      state: "NC",
      tzName: "America/New_York",
      deliveryStatus: 202,
      extendedAttributes: { color: "red", leadSourceId: "123456789", priority: "high" },
    },
    args: { message: "Welcome!" },
  },
  meeting: {
    agentClientUserId: "string",
    followupAt: "2019-08-24T14:15:22Z",
    duration: 30,
    notes: "string",
    description: "string",
    additionalEmails: ["string"],
  },
  phones: { items: [{ phoneNumber: "string", status: "send" }] },
};

/** The fields of each published answer, in its order. */
export const answers = {
  listener: ["success", "requestId"],
  upload: ["key"],
  sequence: ["visitorId", "visitorSequenceId", "visitorUrl", "success"],
  visitor: [
    "id",
    "clientVisitorId",
    "handle",
    "agentId",
    "agentClientUserId",
    "teamId",
    "teamCode",
    "firstName",
    "lastName",
    "email",
    "phoneNumber",
    "pictureUrl",
    "city",
    "state",
    "milestone",
    "visitorStatus",
    "tzName",
    "archived",
    "deliveryStatus",
  ],
  meetings: ["visitorId", "count", "meetings"],
  meeting: ["success", "visitorId", "meetingId", "followupAt", "updateError", "visitorUrl"],
  phones: ["success", "count"],
};
