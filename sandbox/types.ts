// The shapes that a sandbox shows to its users. Times are what `now()` gave: milliseconds since 1970.

/**
 * @typedef {import("./body.ts").ReceivedPart} ReceivedPart
 * @typedef {import("./contract.ts").Json} Json
 *
 * @typedef {object} RequestRecord A request as it arrived, preflights included.
 * @property {string} method
 * @property {string} path As it arrived, percent-encoding and all.
 * @property {string} query As it arrived, without the question mark; empty if there is none.
 * @property {Record<string, string>} headers Under lower-case names.
 * @property {string | ReceivedPart[]} body The text, or the parts of a multipart body.
 * @property {string} [operation] The operation that the route leads to, if it leads to one.
 * @property {number} [status] What it was answered with; missing while, and if, it gets no answer.
 *
 * @typedef {object} LedgerEntry Something that a request changed in the world.
 * @property {string} operation
 * @property {string} [visitorId] Botsplash's id of the visitor concerned, if there is one.
 * @property {number} at
 * @property {number} requestIndex Where in `requests` the request is.
 *
 * @typedef {object} Text What a person received on their phone.
 * @property {string} to The phone number.
 * @property {string} text
 * @property {string} by The operation that sent it.
 * @property {string} [media] The key or link of the file sent along.
 *
 * @typedef {object} SandboxVisitor A visitor on file: the API's Visitor, and what the API does not show.
 * @property {string} id
 * @property {string | null} clientVisitorId
 * @property {string | null} handle
 * @property {string | null} agentId
 * @property {string | null} agentClientUserId
 * @property {string | null} teamId
 * @property {string | null} teamCode
 * @property {string | null} firstName
 * @property {string | null} lastName
 * @property {string | null} email
 * @property {string | null} phoneNumber
 * @property {string | null} pictureUrl
 * @property {string | null} city
 * @property {string | null} state
 * @property {string | null} milestone
 * @property {string | null} visitorStatus
 * @property {string | null} tzName
 * @property {boolean} archived
 * @property {number | null} deliveryStatus
 * @property {string | null} clientAppId
 * @property {string[]} phoneNumbers All numbers on file, `phoneNumber` among them.
 * @property {string[]} agentsWithAccess The caller's ids of the agents who may see the visitor.
 * @property {Json} extendedAttributes
 *
 * @typedef {object} Submission
 * @property {string} requestId
 * @property {string} appId
 * @property {string} listenerId
 * @property {string} visitorId
 * @property {Json} visitor As submitted.
 * @property {Json} args As submitted; empty if none were.
 * @property {number} at
 *
 * @typedef {object} Message
 * @property {string} appId
 * @property {string} visitorId
 * @property {string} text
 * @property {string} to The phone number it went to.
 * @property {number} at
 *
 * @typedef {object} SequenceRun
 * @property {string} visitorSequenceId
 * @property {string} appId
 * @property {string} sequenceId
 * @property {string} visitorId
 * @property {number} at
 *
 * @typedef {object} ActionRun
 * @property {string} appId
 * @property {string} actionId
 * @property {string} visitorId
 * @property {number} at
 *
 * @typedef {object} Meeting
 * @property {string} meetingId
 * @property {string} appId
 * @property {string} visitorId
 * @property {string} agentClientUserId
 * @property {string} followupAt As scheduled.
 * @property {number} duration In minutes.
 * @property {string | null} notes
 * @property {string} description
 * @property {string[]} additionalEmails
 * @property {number} at
 *
 * @typedef {object} PhoneStatus
 * @property {string} appId
 * @property {string} phoneNumber
 * @property {string} status
 * @property {string | null} visitorId The visitor with that number, if there is one.
 * @property {number} at
 *
 * @typedef {object} Upload
 * @property {string} key
 * @property {string} appId
 * @property {string} filename
 * @property {string} type
 * @property {number} size In bytes.
 * @property {Uint8Array} bytes
 * @property {number} at
 */

export {};
