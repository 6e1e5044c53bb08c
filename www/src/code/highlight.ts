// Just enough of five languages to tell their words apart.

export type Language = "javascript" | "rust" | "python" | "shell" | "html" | "json";

export interface Token {
  kind: "comment" | "string" | "keyword" | "number" | "name" | "plain";
  text: string;
}

const keywords: Partial<Record<Language, string>> = {
  javascript: "import|from|export|const|let|new|await|async|try|catch|throw|if|return|true|false|null|undefined",
  rust: "use|let|async|fn|await|vec|true|false|None|Some|Ok|drop",
  python: "import|from|with|as|open|if|raise|None|True|False",
  shell: "curl",
  json: "true|false|null",
};

const pattern = (language: Language) =>
  new RegExp(
    [
      language === "shell" || language === "python" ? "(?<comment>^#.*)" : "(?<comment>^\\s*//.*)",
      "(?<string>\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*')",
      language === "html" ? "(?<keyword></?[a-z]+|/?>)" : `(?<keyword>(?<![\\w.-])(?:${keywords[language]})(?![\\w-]))`,
      "(?<number>(?<![\\w.])\\d+(?:\\.\\d+)?(?!\\w))",
      language === "shell" ? "(?<name>--[a-z-]+)" : "(?<name>\\b[A-Z]\\w*[a-z]\\w*|\\b[a-z]\\w*(?=\\())",
    ].join("|"),
    "gm",
  );

/** The code's words and what they are; put together, they are the code. */
export const tokens = (code: string, language: Language): Token[] => {
  const found: Token[] = [];
  let end = 0;
  const plain = (text: string) => {
    if (text) found.push({ kind: "plain", text });
  };
  for (const match of code.matchAll(pattern(language))) {
    plain(code.slice(end, match.index));
    const [kind] = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined) as [Token["kind"], string];
    found.push({ kind, text: match[0] });
    end = match.index + match[0].length;
  }
  plain(code.slice(end));
  return found;
};
