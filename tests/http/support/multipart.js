import assert from "node:assert/strict";

/**
 * Reads a multipart body strictly, byte by byte: no preamble, no epilogue, nothing forgiven.
 * @param {string} contentType
 * @param {Buffer} body
 * @returns {{ headers: string[], bytes: Buffer }[]}
 */
export function parts(contentType, body) {
  const [, boundary] = /^multipart\/form-data; boundary=([\w'()+,./:=?-]{1,70})$/.exec(contentType) ?? [];
  assert.ok(boundary, contentType);
  const text = body.toString("latin1");
  const pieces = text.split(`--${boundary}`);
  assert.equal(pieces.shift(), "");
  assert.match(pieces.pop() ?? "", /^--(\r\n)?$/);
  return pieces.map((piece) => {
    const end = piece.indexOf("\r\n\r\n");
    assert.ok(piece.startsWith("\r\n") && end > 0 && piece.endsWith("\r\n"));
    const bytes = Buffer.from(piece.slice(end + 4, -2), "latin1");
    return { headers: Buffer.from(piece.slice(2, end), "latin1").toString().split("\r\n"), bytes };
  });
}
