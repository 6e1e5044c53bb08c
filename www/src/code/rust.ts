import { nameOf, resolved, type Schema } from "../contract/document.ts";
import { idsOf, type PreparedCall, whoOf } from "../contract/prepared-call.ts";
import { type Place, START_SANDBOX } from "./place.ts";
import { baseUrl } from "./url.ts";

const LINE = 78;
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const pascal = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** JSON's escapes for what has none of its own are Rust's with braces. */
const text = (value: string) =>
  JSON.stringify(value)
    .replace(/(?<!\\)((?:\\\\)*)\\u([\da-f]{4})/g, "$1\\u{$2}")
    .replace(/(?<!\\)((?:\\\\)*)\\b/g, "$1\\u{8}")
    .replace(/(?<!\\)((?:\\\\)*)\\f/g, "$1\\u{c}");

const owned = (value: string) => `${text(value)}.into()`;

/** Writes one sample, and notes which names it uses. */
const writer = () => {
  const names = new Set<string>();
  const use = (name: string) => {
    names.add(name);
    return name;
  };

  /** A constructor's call, and a line for each method that follows it. */
  const chain = (first: string, methods: string[], indent: string) =>
    [first, ...methods.map((method) => `\n${indent}    ${method}`)].join("");

  const list = (items: string[], indent: string) => {
    const line = `vec![${items.join(", ")}]`;
    if (!line.includes("\n") && line.length <= LINE - 24) return line;
    return `vec![\n${items.map((item) => `${indent}    ${item},\n`).join("")}${indent}]`;
  };

  const json = (value: unknown, indent: string): string => {
    const Json = use("Json");
    if (value === null) return `${Json}::Null`;
    if (Array.isArray(value))
      return `${Json}::Array(${list(
        value.map((item) => json(item, `${indent}    `)),
        indent,
      )})`;
    if (typeof value === "object")
      return `${Json}::Object(std::collections::BTreeMap::from([${pairs(value, indent)}]))`;
    if (typeof value === "number") return `${Json}::from(${Number.isInteger(value) ? `${value}.0` : value})`;
    return `${Json}::from(${typeof value === "string" ? text(value) : value})`;
  };

  const pairs = (value: object, indent: string) => {
    const all = Object.entries(value).map(([name, item]) => `(${owned(name)}, ${json(item, `${indent}    `)})`);
    return all.length === 0 ? "" : `\n${all.map((pair) => `${indent}    ${pair},\n`).join("")}${indent}`;
  };

  const open = (value: object, indent: string) => {
    const all = Object.entries(value).map(([name, item]) => `(${text(name)}, ${json(item, `${indent}    `)})`);
    if (all.length === 0) return `${use("JsonObject")}::default()`;
    return `${use("JsonObject")}::from([\n${all.map((pair) => `${indent}    ${pair},\n`).join("")}${indent}])`;
  };

  /** @param given as a property refers to it: its name is the type's */
  const value = (given: Schema, data: unknown, indent: string): string => {
    const schema = resolved(given);
    if (schema.properties) return struct(nameOf(given.$ref ?? ""), schema, data as Record<string, unknown>, indent);
    if (schema.format === "date-time")
      return `${use("DateTime")}::new(${text(String(data))}).expect("a date-time with an offset")`;
    if (schema.type === "array")
      return list(
        (data as unknown[]).map((item) => value(schema.items!, item, `${indent}    `)),
        indent,
      );
    if (schema.type === "object") return open(data as object, indent);
    return typeof data === "string" ? owned(data) : String(data);
  };

  const struct = (name: string, schema: Schema, data: Record<string, unknown>, indent: string): string => {
    const { properties = {}, required = [] } = schema;
    const inner = `${indent}    `;
    const given = Object.entries(properties).filter(([key]) => data[key] !== undefined);
    const needed = required.flatMap((key) => {
      const property = properties[key];
      return property && data[key] !== undefined ? [argument(property, data[key], indent)] : [];
    });
    const optional = given
      .filter(([key]) => !required.includes(key))
      .map(([key, property]) => `.${snake(key)}(${argument(property, data[key], inner)})`);
    const further = Object.entries(data)
      .filter(([key]) => !(key in properties))
      .map(([key, item]) => `.with(${text(key)}, ${json(item, inner)})`);
    return chain(`${use(name)}::new(${needed.join(", ")})`, [...optional, ...further], indent);
  };

  /** The argument of a constructor or a method, which makes a text its own. */
  const argument = (schema: Schema, data: unknown, indent: string): string =>
    typeof data === "string" && resolved(schema).format !== "date-time" ? text(data) : value(schema, data, indent);

  return { names, use, value };
};

/** The call with the crate, in WebAssembly: a function that compiles as it is. */
export const rust = (call: PreparedCall, place: Place): string => {
  const { operation, body, file } = call;
  const { names, use, value } = writer();
  for (const name of ["Client", "Config", "Error", "Fetch"]) use(name);
  const type = use(pascal(operation.name));

  const who = whoOf(call);
  const [kind, id] = Object.entries(who ?? {})[0] ?? [];
  const args = [
    ...(kind !== undefined ? [`${use("VisitorRef")}::${pascal(kind)}(${owned(id ?? "")})`] : []),
    ...idsOf(call).map(({ value }) => text(value)),
    ...(operation.file
      ? [`${use("File")}::new(${text(file?.name ?? "photo.png")}, ${text(file?.type || "image/png")}, bytes)`]
      : []),
    ...(operation.body ? [value(operation.body.schema, body, "        ")] : []),
  ];

  const isApi = place.target === "api";
  if (isApi) ["BASE_URL", "Credentials"].forEach(use);
  const settings = [
    `Config::new(${isApi ? "BASE_URL" : text(baseUrl(place))}, ${text(place.appId)})?`,
    ...(isApi ? [".credentials(Credentials::basic(username, password))?"] : []),
    ...(place.route ? [`.route(&${type}::ENDPOINT, ${text(place.route)})?`] : []),
  ];
  if (place.route) use("Operation");
  const given = [...(isApi ? ["username: &str", "password: &str"] : []), ...(operation.file ? ["bytes: Vec<u8>"] : [])];
  const answer = use(operation.answer);
  const comment = place.target === "sandbox" ? `// First: ${START_SANDBOX}\n` : "";
  return `${comment}${uses([...names].sort())}

async fn ${snake(operation.name)}(${given.join(", ")}) -> Result<${answer}, Error> {
    let config = ${settings.join("\n        ")};
    let client = Client::new(config, Fetch::new())?;

    let call = ${type}::new(${written(args)});
    client.call(&call).await
}
`;
};

/** Arguments on the call's own line, or on lines of their own. */
const written = (args: string[]) => {
  const line = args.join(", ");
  if (!line.includes("\n") && line.length <= LINE - 24) return line;
  return `\n${args.map((arg) => `        ${arg},\n`).join("")}    `;
};

const uses = (names: string[]) => {
  const line = `use botsplash::{${names.join(", ")}};`;
  if (line.length <= LINE) return line;
  const lines: string[] = [""];
  for (const name of names) {
    const last = lines.length - 1;
    if (`    ${lines[last]}${name}, `.length > LINE) lines.push(`${name}, `);
    else lines[last] += `${name}, `;
  }
  return `use botsplash::{\n${lines.map((row) => `    ${row.trimEnd()}\n`).join("")}};`;
};
