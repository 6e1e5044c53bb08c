// The body of a request: a JSON text or a file, and an API key where it goes into the body.
import { type Foreign, safely } from "./safely.ts";

/** A JSON object's text, or a file. */
export type Body = string | Upload;

export interface Upload {
  blob: Blob;
  name: string;
}

/** As fetch takes it. */
export interface Encoded {
  body: string | FormData | Uint8Array<ArrayBuffer> | undefined;
  /** The media type, where fetch cannot tell. */
  type?: string;
}

/** A form is a new one each time, since some runtimes read it only once. `isOwnFetch`: it is the caller's, not the platform's. */
export const encoded = (
  body: Body | undefined,
  key: string | undefined,
  isOwnFetch: boolean,
): Encoded | Promise<Encoded> => {
  if (body === undefined) return { body };
  if (typeof body === "string") return { body: key === undefined ? body : withKey(body, key) };
  if (!isOwnFetch) {
    const form = new FormData();
    if (key !== undefined) form.append("api_key", key);
    form.append("file", body.blob, body.name);
    // A fetch of another library's, or of another realm, would send "[object FormData]".
    const type = safely(() => new Response(form).headers.get("content-type"));
    if (/^multipart\/form-data/.test(type)) return { body: form };
  }
  return asBytes(body, key);
};

/** With the API key as its first member. */
const withKey = (text: string, key: string): string =>
  `{"api_key":${JSON.stringify(key)}${text.length > 2 ? "," : ""}${text.slice(1)}`;

/** The form as every fetch takes it. */
const asBytes = async ({ blob, name }: Upload, key: string | undefined): Promise<Encoded> => {
  const boundary = `botsplash-${Math.random()}${Math.random()}`;
  const part = (header: string) => `--${boundary}\r\nContent-Disposition: form-data; name=${header}\r\n\r\n`;
  const parts = [
    key === undefined ? "" : `${part('"api_key"')}${key}\r\n`,
    part(`"file"; filename="${quoted(name)}"\r\nContent-Type: ${blob.type || "application/octet-stream"}`),
    blob,
    `\r\n--${boundary}--\r\n`,
  ];
  const body = new Uint8Array(await new Blob(parts).arrayBuffer());
  return { body, type: `multipart/form-data; boundary=${boundary}` };
};

/** As browsers write a name into a header. */
const quoted = (name: string): string => name.replace(/[\r\n"]/g, (char) => encodeURIComponent(char));

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
      ? new Blob([given], { type: type || "" })
      : type === undefined
        ? file
        : given.slice(0, given.size, type);
    return { blob, name: typeof ownName === "string" && ownName ? ownName : "file" };
  });
