// Bodies that are not UTF-8 are read as what they are.
// cspell:ignore Renée
import assert from "node:assert/strict";
import test from "node:test";
import { startIngress } from "../support/ingress.js";

const TYPE = "application/x-www-form-urlencoded";
const bytes = (/** @type {string} */ text) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const multipart = (/** @type {string[]} */ ...fields) =>
  bytes(
    [...fields, ""]
      .map((field) => {
        const [name, value] = field.split("=");
        return name ? `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n` : "--b--\r\n";
      })
      .join(""),
  );
const MULTIPART = "multipart/form-data; boundary=b";
const NUMBER = "phoneNumber=3334445555";

/** @type {[what: string, type: string, body: string | Uint8Array, name: string, charset?: string][]} */
const bodies = [
  ["UTF-8, escaped", TYPE, `firstName=Ren%C3%A9e&${NUMBER}`, "Renée"],
  ["UTF-8, as it is", TYPE, bytes(`firstName=Ren\xc3\xa9e&${NUMBER}`), "Renée"],
  ["windows-1252, escaped", TYPE, `firstName=Ren%E9e&${NUMBER}`, "Renée", "windows-1252"],
  ["windows-1252, as it is", TYPE, bytes(`firstName=Ren\xe9e&${NUMBER}`), "Renée", "windows-1252"],
  ["windows-1252 beyond latin1", TYPE, `firstName=%8A%E9&${NUMBER}`, "Šé", "windows-1252"],
  ["windows-1252 with a reference", TYPE, `firstName=%E9%26%231055%3B&${NUMBER}`, "éП", "windows-1252"],
  ["UTF-8 that only looks like a reference", TYPE, `firstName=%26%231055%3B&${NUMBER}`, "&#1055;"],
  ["a declared charset", `${TYPE}; charset=iso-8859-2`, `firstName=%B1&${NUMBER}`, "ą", "iso-8859-2"],
  ["a declared charset in quotes", `${TYPE};charset="koi8-r"`, `firstName=%F1%CE&${NUMBER}`, "Ян", "koi8-r"],
  ["a declared charset that is wrong", `${TYPE}; charset=iso-8859-1`, `firstName=Ren%C3%A9e&${NUMBER}`, "Renée"],
  [
    "a declared charset of several bytes",
    `${TYPE}; charset=shift_jis`,
    `firstName=%83%65&${NUMBER}`,
    "テ",
    "shift_jis",
  ],
  ["a charset that nobody knows", `${TYPE}; charset=klingon`, `firstName=Ren%E9e&${NUMBER}`, "Renée", "windows-1252"],
  ["UTF-8 declared and not", `${TYPE}; charset=utf-8`, `firstName=Ren%E9e&${NUMBER}`, "Renée", "windows-1252"],
  ["_charset_", TYPE, `_charset_=windows-1251&firstName=%DF%ED&${NUMBER}`, "Ян", "windows-1251"],
  ["_charset_ of UTF-8", TYPE, `_charset_=UTF-8&firstName=Ren%C3%A9e&${NUMBER}`, "Renée"],
  ["multipart in UTF-8", MULTIPART, multipart("firstName=Ren\xc3\xa9e", NUMBER), "Renée"],
  ["multipart in windows-1252", MULTIPART, multipart("firstName=Ren\xe9e", NUMBER), "Renée", "windows-1252"],
  [
    "multipart with _charset_",
    MULTIPART,
    multipart("_charset_=windows-1251", "firstName=\xdf\xed", NUMBER),
    "Ян",
    "windows-1251",
  ],
  [
    "JSON in windows-1252",
    "application/json",
    bytes('{"visitor":{"firstName":"Ren\xe9e","phoneNumber":"3334445555"}}'),
    "Renée",
    "windows-1252",
  ],
];
for (const [what, type, body, name, charset] of bodies) {
  test(`a name is kept as it was written: ${what}`, async () => {
    const { post, outbox } = startIngress();
    const answer = await post(/** @type {BodyInit} */ (body), { "Content-Type": type });
    assert.equal(answer.status, 202, await answer.text());
    const [lead] = outbox.leads;
    assert.equal(lead?.submission.visitor.firstName, name);
    assert.equal(lead?.charset, charset);
    assert.doesNotMatch(JSON.stringify(lead), /_charset_|\ufffd/);
  });
}

test("a file field that nobody has used is not a file", async () => {
  const body = multipart("firstName=Jane", NUMBER);
  const file =
    '--b\r\nContent-Disposition: form-data; name="cv"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n\r\n';
  const { post } = startIngress();
  const whole = bytes(file + String.fromCharCode(...body));
  assert.equal((await post(/** @type {BodyInit} */ (whole), { "Content-Type": MULTIPART })).status, 202);
});
