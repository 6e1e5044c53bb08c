// Updates our files when a description tells more than we knew: routes are published from then on, and fields
// that were missing are there. Reports the rest, which needs a judgment, and leaves it.

/** @typedef {import("../../command/contract/report.ts").Report} Report */
/** @typedef {import("../../command/contract/report.ts").OperationReport} OperationReport */

/**
 * @param {Report} report
 * @param {(file: string) => string} read a file's text
 * @returns {{ changed: Map<string, string>, left: string[] }} the files that change, by name; what is left to people
 */
export const adopt = (report, read) => {
  /** @type {Map<string, string>} */
  const changed = new Map();
  /** @param {string} file @param {(text: string) => string} change */
  const edit = (file, change) => {
    const before = changed.get(file) ?? read(file);
    const after = change(before);
    if (after !== before) changed.set(file, after);
  };
  const found = report.operations.filter(({ theirs }) => theirs !== undefined);
  edit("openapi.json", (text) => withContract(text, found));
  for (const operation of found) {
    const { name, theirs = "" } = operation;
    const [method = "", path = ""] = theirs.split(" ");
    edit(`src/api/${snake(name)}.rs`, (text) => withEndpoint(text, name, method, path));
    edit("src/js/client.d.ts", (text) => withPublishedDocs(text, name));
    edit("docs/client.md", (text) => withRow(text, name, theirs));
    if (name !== "submitListener") edit("relay/operations.ts", (text) => withProxied(text, name, method, path));
  }
  return { changed, left: left(report) };
};

/** @param {string} name `sendMessage` */
const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** @param {string} text @param {OperationReport[]} found */
const withContract = (text, found) => {
  const document = JSON.parse(text);
  /** @type {Record<string, Record<string, any>>} */
  const paths = {};
  for (const [ourPath, item] of Object.entries(document.paths)) {
    for (const [ourMethod, operation] of Object.entries(/** @type {Record<string, any>} */ (item))) {
      const one = found.find(({ name }) => name === operation.operationId);
      const [method, path] = one?.theirs?.split(" ") ?? [ourMethod, ourPath];
      if (one) operation["x-route"] = "published";
      paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
    }
  }
  document.paths = paths;
  for (const { extraFields } of found) {
    for (const { path, type, schema } of extraFields) {
      const properties = type === undefined ? undefined : document.components.schemas[type]?.properties;
      const name = path.slice(path.lastIndexOf(".") + 1);
      if (properties && !properties[name]) properties[name] = schema;
    }
  }
  const after = `${JSON.stringify(document, null, 2)}\n`;
  return after === `${JSON.stringify(JSON.parse(text), null, 2)}\n` ? text : after;
};

/** @param {string} text @param {string} name @param {string} method @param {string} path */
const withEndpoint = (text, name, method, path) =>
  text
    .replace(/method: Method::\w+/, `method: Method::${method.charAt(0)}${method.slice(1).toLowerCase()}`)
    .replace(/path: "[^"]*"/, () => `path: ${JSON.stringify(path)}`)
    .replace("Source::Assumed", "Source::Published")
    .replace(`operation \`${name}\`; its route is assumed.`, `operation \`${name}\`, published.`);

/** The docs right above a method of the client. @param {string} text @param {string} name */
const withPublishedDocs = (text, name) => {
  const end = text.indexOf(`    ${name}(`);
  const start = text.lastIndexOf("/**", end);
  if (end === -1 || start === -1) return text;
  const docs = text.slice(start, end).replace(/Route: assumed\.[^\n]*/, "Route: published.");
  return text.slice(0, start) + docs + text.slice(end);
};

/** @param {string} text @param {string} name @param {string} route */
const withRow = (text, name, route) =>
  text.replace(
    new RegExp(`^(\\| \`${name}\` *\\|[^|]*\\|)[^|]*\\|[^|]*\\|$`, "m"),
    (_, begin) => `${begin} \`${route}\` | published |`,
  );

/** @param {string} text @param {string} name @param {string} method @param {string} path */
const withProxied = (text, name, method, path) =>
  text.replace(
    new RegExp(`(\\b${name}: \\{\\s*method: )"\\w+"(,\\s*path: )([^\\n]*?),\\n`),
    (all, begin, middle, ours) => {
      const literal = ours
        .replace(/\$\{VISITOR\}/, "/{appId}/visitor/{idType}/{idValue}")
        .replace(/^VISITOR$/, "`/{appId}/visitor/{idType}/{idValue}`");
      const isSame = all.includes(`method: "${method}"`) && literal.slice(1, -1) === path;
      return isSame ? all : `${begin}"${method}"${middle}${JSON.stringify(path)},\n`;
    },
  );

/** @param {Report} report */
const left = (report) => [
  ...report.operations
    .filter(({ theirs }) => theirs === undefined)
    .map(({ name, verdict, reasons }) => `${name} is ${verdict}: ${reasons.join("; ")}`),
  ...report.operations.flatMap(({ name, differences, extraFields }) =>
    differences
      .filter(({ kind, field }) => kind !== "added" || !extraFields.some(({ path }) => path === field))
      .map((one) => `${name}, ${one.in} ${one.field}: ${one.kind}, theirs ${one.theirs}; ours ${one.ours}`),
  ),
  ...(report.baseUrl === undefined
    ? []
    : [`the base URL is ${report.baseUrl}: servers in openapi.json, BASE_URL in src/`]),
  ...report.security.filter(({ known }) => !known).map(({ scheme }) => `the client cannot send ${scheme}`),
  ...report.unknownOperations.map(({ route }) => `${route} is an operation that the client does not have`),
  ...report.notes,
];
