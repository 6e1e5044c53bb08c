// What the outbox uses of Durable Objects. Types only: it loads where there are none.

/**
 * @typedef {Record<string, string | number | null>} Row
 *
 * @typedef {object} Storage
 * @property {{ exec(query: string, ...values: (string | number | null)[]): { toArray(): Row[] } }} sql
 * @property {<T>(action: () => T) => T} transactionSync
 * @property {() => Promise<void>} sync
 * @property {(at: number) => Promise<void>} setAlarm
 *
 * @typedef {object} ObjectContext
 * @property {Storage} storage
 *
 * @typedef {object} ObjectNamespace the binding of a Durable Object class
 * @property {(name: string) => object} idFromName
 * @property {(id: any) => { fetch(url: string, init?: RequestInit): Promise<Response> }} get
 */

export {};
