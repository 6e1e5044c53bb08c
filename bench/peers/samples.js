// The requests and the answers: the published samples.

export const submission = {
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
};

/** Its phone number is a number. */
export const mistaken = { ...submission, visitor: { ...submission.visitor, phoneNumber: 3334445555 } };

export const submitted = { success: true, requestId: "123e4567-e89b-12d3-a456-426614174000" };

export const update = {
  updateOnly: true,
  retainPhones: true,
  visitor: {
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
  },
};

export const visitor = {
  id: "string",
  clientVisitorId: "12345",
  handle: "string",
  agentId: "string",
  agentClientUserId: "54321",
  teamId: "a4ede8ba-7c0a-4485-8763-cbd9b282fbec",
  teamCode: "string",
  firstName: "string",
  lastName: "string",
  email: "string",
  phoneNumber: "string",
  pictureUrl: "string",
  city: "string",
  state: "NC",
  milestone: "SUPER",
  visitorStatus: "Contacted",
  tzName: "America/New_York",
  archived: true,
  deliveryStatus: null,
};

/** @param {number} count */
export const phones = (count) => ({
  items: Array.from({ length: count }, (_, index) => ({ phoneNumber: String(3_330_000_000 + index), status: "send" })),
});
