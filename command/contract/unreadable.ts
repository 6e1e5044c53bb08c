/** Thrown where a description cannot be read: the message is one sentence for people, and quotes none of it. */
export class Unreadable extends Error {}
