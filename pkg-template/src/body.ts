// What a request carries: a JSON text or a file, and an API key where it goes into the body.
import { type Foreign, safely } from "./safely.ts";

/** A JSON object's text, or a file. */
export type Body = string | Upload;

export interface Upload {
  blob: Blob;
  name: string;
}

/** As fetch takes it. A form is a new one each time, since some runtimes read it only once. */
export const encoded = (body: Body | undefined, key: string | undefined): string | FormData | undefined => {
  if (body === undefined) return undefined;
  if (typeof body === "string") return key === undefined ? body : withKey(body, key);
  const form = new FormData();
  if (key !== undefined) form.append("api_key", key);
  form.append("file", body.blob, body.name);
  return form;
};

/** With the API key as its first member. */
const withKey = (text: string, key: string): string =>
  `{"api_key":${JSON.stringify(key)}${text.length > 2 ? "," : ""}${text.slice(1)}`;

/**
 * A file as a Blob and its name, by handle: its bytes never pass through WebAssembly's memory.
 * `undefined` where it is not a file. An ArrayBuffer is told by its tag, since one of another realm is
 * no instance of ours.
 */
export const uploadOf = (file: Foreign, type: string | undefined, name: string | undefined): Upload | undefined =>
  safely(() => {
    const isBytes = ArrayBuffer.isView(file) || Object.prototype.toString.call(file) === "[object ArrayBuffer]";
    if (!isBytes && !(file instanceof Blob)) return undefined;
    const given: Foreign = file;
    const ownName = name ?? given.name;
    const blob = isBytes
      ? new Blob([given], { type: type ?? "" })
      : type === undefined
        ? file
        : given.slice(0, given.size, type);
    return { blob, name: typeof ownName === "string" && ownName ? ownName : "file" };
  });
