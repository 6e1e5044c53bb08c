/** As HTML has it for `<input type=email>`. */
const EMAIL =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

/** The address as a browser would send it, or undefined where a browser would not send it. */
export const emailAddress = (typed: string): string | undefined => {
  const text = withAsciiHost(typed.replace(/[\r\n]/g, "").trim());
  return EMAIL.test(text) ? text : undefined;
};

// cspell:ignore exämple exmple
/** Browsers send `exämple.de` as `xn--exmple-cua.de`. */
const withAsciiHost = (text: string): string => {
  const at = text.lastIndexOf("@");
  const host = text.slice(at + 1);
  if (at < 1 || !/[^\0-\x7f]/.test(host)) return text;
  const url = `http://${host}`;
  return /[/?#:@\\]/.test(host) || !URL.canParse(url) ? text : `${text.slice(0, at)}@${new URL(url).hostname}`;
};
