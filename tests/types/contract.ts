// Holds the package's types against those that openapi-typescript makes of openapi.json.
//
// Both sides name the same things, so a name stands for the type behind it. Each schema is compared
// once, field by field, and each method by the names of what it takes and answers.
import type * as ours from "botsplash";
import type { components, operations } from "./openapi.generated.js";

// --- the two sides ----------------------------------------------------------------------------

type Theirs = components["schemas"];

interface Ours {
  ListenerSubmit: ours.ListenerSubmit;
  ListenerArgs: ours.ListenerArgs;
  NewVisitor: ours.NewVisitor;
  VisitorInfo: ours.VisitorInfo;
  SequenceTrigger: ours.SequenceTrigger;
  VisitorUpdate: ours.VisitorUpdate;
  MeetingSchedule: ours.MeetingSchedule;
  MessageSend: ours.MessageSend;
  PhoneStatusUpdate: ours.PhoneStatusUpdate;
  PhoneStatusItem: ours.PhoneStatusItem;
  ListenerSubmitResponse: ours.ListenerSubmitResponse;
  UploadResponse: ours.UploadResponse;
  SequenceTriggerResponse: ours.SequenceTriggerResponse;
  Visitor: ours.Visitor;
  MeetingList: ours.MeetingList;
  MeetingScheduleResponse: ours.MeetingScheduleResponse;
  PhoneStatusUpdateResponse: ours.PhoneStatusUpdateResponse;
}

// --- where they differ ------------------------------------------------------------------------

/**
 * Every difference and its reason. The compiler refuses this table when a difference is missing
 * from it, and when one of its lines no longer differs.
 */
export const differences = {
  "ListenerArgs[*]": "any in place of unknown: a value whose type is an interface of the caller's fits",
  "NewVisitor.extendedAttributes": "any in place of unknown: a value whose type is an interface of the caller's fits",
  "MeetingSchedule.followupAt": "takes a Date too, which is sent as the ISO string that the contract asks for",
  "PhoneStatusItem.status": '"send" | (string & {}) in place of string, so that editors offer the published status',
  "submitListener takes": "call options hold the submission key, which is a relay's and not the API's",
  "uploadFile takes":
    "the part `file` is a string in the contract, as OpenAPI writes binary data, and call options name the file",
} satisfies Record<Differing, string>;

type Differing = DifferingFields | DifferingOperations;

// --- schemas, field by field ------------------------------------------------------------------

type DifferingFields = {
  [S in keyof Ours]: {
    [F in Fields<Ours[S]> | Fields<Theirs[S]>]: Equal<Field<Ours[S], F, Ours>, Field<Theirs[S], F, Theirs>> extends true
      ? never
      : F extends "[*]"
        ? `${S}[*]`
        : `${S}.${F}`;
  }[Fields<Ours[S]> | Fields<Theirs[S]>];
}[keyof Ours];

/** The names of an object's fields; "[*]" is any name that is not listed. */
type Fields<T> = keyof { [K in keyof T as string extends K ? "[*]" : number extends K ? never : K]: K } & string;

/** One field with its optionality, or the type of fields that are not listed. */
type Field<T, F, Schemas> = F extends "[*]"
  ? string extends keyof T
    ? Named<Json<T[keyof T & string]>, Schemas>
    : "closed"
  : F extends keyof T
    ? { [K in keyof Pick<T, F>]: Named<Exclude<T[K], undefined>, Schemas> }
    : "missing";

// --- operations -------------------------------------------------------------------------------

type DifferingOperations = {
  [O in keyof operations]:
    | (Equal<Taken<O>, Documented<operations[O]>> extends true ? never : `${O} takes`)
    | (Equal<Answered<O>, DocumentedAnswer<operations[O]>> extends true ? never : `${O} answers`);
}[keyof operations];

/** A method's arguments, schemas by their names. */
type Taken<O extends keyof operations> = NamedEach<Parameters<ours.Botsplash[O]>, Ours>;
type Answered<O extends keyof operations> = Named<Awaited<ReturnType<ours.Botsplash[O]>>, Ours>;

/** The arguments that the document asks for, in the order in which every method takes them. */
type Documented<O> = O extends { parameters: { path: infer Path } }
  ? [...Visitor<Path>, ...Id<Path, "id">, ...Id<Path, "actionId">, ...DocumentedBody<O>, options?: ours.CallOptions]
  : never;
type Visitor<Path> = Path extends { idType: infer Type; idValue: string }
  ? Equal<Type, KeyOfEach<ours.VisitorRef>> extends true
    ? [who: ours.VisitorRef]
    : [who: "VisitorRef does not have the keys of the contract's idType"]
  : [];
type Id<Path, Name extends string> = Path extends { [N in Name]: string } ? [id: string] : [];
type DocumentedBody<O> = O extends { requestBody: { content: infer Content } }
  ? [body: Content extends { "application/json": infer Body } ? Named<Body, Theirs> : Content]
  : [];
type DocumentedAnswer<O> = O extends { responses: { 200: { content: { "application/json": infer Body } } } }
  ? Named<Body, Theirs>
  : never;

// --- tools ------------------------------------------------------------------------------------

/** Identical to the compiler, which keeps apart any, unknown, optional and readonly. */
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** A type with schemas, also those in lists, replaced by their names. */
type Named<T, Schemas> = T extends readonly (infer Item)[]
  ? Named<Item, Schemas>[]
  : [NameOf<T, Schemas>] extends [never]
    ? Plain<T>
    : NameOf<T, Schemas>;
type NameOf<T, Schemas> = { [S in keyof Schemas]: Equal<T, Schemas[S]> extends true ? S : never }[keyof Schemas];
type NamedEach<T extends readonly unknown[], Schemas> = { [I in keyof T]: Named<T[I], Schemas> };

/** An open object, however its index signature came to be; anything else as it is. */
type Plain<T> = T extends object ? (string extends keyof T ? { [name: string]: Json<T[keyof T]> } : T) : T;

/** Open fields are JSON, which the document has no type for. Where ours say any, they differ all the same. */
// biome-ignore lint/suspicious/noExplicitAny: it must be told from unknown.
type Json<T> = unknown extends T ? (Equal<T, any> extends true ? T : ours.JsonValue | undefined) : T;

/** The keys of all members of a union that forbid each other's. */
type KeyOfEach<T> = T extends unknown ? { [K in keyof T]-?: [T[K]] extends [undefined] ? never : K }[keyof T] : never;

// --- what must hold by itself -----------------------------------------------------------------

type Expect<T extends true> = T;
type Differ<A, B> = Equal<A, B> extends true ? false : true;

export type Checks = [
  // Nothing is left out on either side.
  Expect<Equal<keyof Ours, keyof Theirs>>,
  Expect<Equal<ours.OperationName, keyof operations>>,
  // The measure itself can tell things apart.
  // biome-ignore lint/suspicious/noExplicitAny: the measure must tell it from unknown.
  Expect<Differ<any, unknown>>,
  Expect<Differ<string, string | null>>,
  Expect<Differ<{ a?: string }, { a: string }>>,
  Expect<Differ<Field<{ a?: string }, "a", Ours>, Field<{ a: string }, "a", Ours>>>,
  Expect<Differ<Field<{ a: 1 }, "[*]", Ours>, Field<{ a: 1; [name: string]: unknown }, "[*]", Ours>>>,
  Expect<Equal<Named<ours.Visitor[], Ours>, "Visitor"[]>>,
];
