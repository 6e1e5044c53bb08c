// The report as people read it.
import type { Paint } from "../terminal.ts";
import type { Difference } from "./differences.ts";
import { declarations, javaScript, json, rust } from "./paste.ts";
import { type OperationReport, OUR_BASE_URL, type Report } from "./report.ts";

const MOST_UNKNOWN = 40;
const NAME_WIDTH = 21;

/** Texts of a description may hold anything: none of it may steer a terminal or fill it. */
export function printable(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ").trim();
  return plain.length > 160 ? `${plain.slice(0, 159)}…` : plain;
}

export function reportInWords(report: Report, paint: Paint): string {
  const sections = [
    `${paint.bold(printable(report.title) || "A description without a title")} (OpenAPI ${printable(report.version)})`,
    report.operations.map((operation) => operationInWords(operation, paint)).join("\n"),
    fieldsInWords(report, paint),
    accessInWords(report, paint),
    unknownInWords(report, paint),
    report.notes.length === 0 ? "" : section("Notes", report.notes.map(printable), paint),
    pasteInWords(report, paint),
    report.same ? "The client has all of it in the same way." : "",
  ];
  return sections.filter((one) => one !== "").join("\n\n");
}

function section(title: string, lines: readonly string[], paint: Paint): string {
  return [paint.bold(title), ...lines.map((line) => `  ${line}`)].join("\n");
}

function operationInWords(operation: OperationReport, paint: Paint): string {
  const { name, verdict, ours, theirs, assumed, confidence, reasons, candidates } = operation;
  const color = { same: paint.green, different: paint.yellow }[verdict as string] ?? paint.red;
  const head = `${name.padEnd(NAME_WIDTH)}${color(verdict.padEnd(14))}`;
  const why = `${confidence === undefined ? "" : `${confidence}: `}${reasons.join("; ")}`;
  const indent = " ".repeat(NAME_WIDTH);
  const lines = {
    same: [ours],
    different: [`${theirs}`, `${indent}ours: ${ours}${assumed ? " (assumed)" : ""}`],
    inexpressible: [`${candidates.map(printable).join()}`, `${indent}ours: ${ours}`],
    ambiguous: [`ours: ${ours}`, ...candidates.map((one) => `${indent}theirs: ${printable(one)}`)],
    missing: [`ours: ${ours}`],
  }[verdict];
  return [`${head}${lines[0]}`, ...lines.slice(1), `${indent}${paint.dim(why)}`].join("\n");
}

function fieldsInWords({ operations }: Report, paint: Paint): string {
  const lines = operations.flatMap(({ name, differences }) =>
    differences.map((one) => `${name}, ${one.in}: ${differenceInWords(one)}`),
  );
  return lines.length === 0 ? "" : section("Fields", lines, paint);
}

function differenceInWords({ field, kind, theirs, ours }: Difference): string {
  const name = printable(field) || "the body";
  if (kind === "added") return `${name} is theirs alone (${printable(theirs)})`;
  if (kind === "missing") return `${name} is ours alone (${printable(ours)})`;
  const what = kind === "body" ? "" : `, ${kind}`;
  return `${name}${what}: theirs ${printable(theirs)}; ours ${printable(ours)}`;
}

function accessInWords(report: Report, paint: Paint): string {
  const server = report.serverAssumed
    ? `No host is named: the client's ${OUR_BASE_URL} stays an assumption`
    : `${report.servers.map(printable).join(", ")} ${report.baseUrl === undefined ? "(as ours)" : `(ours: ${OUR_BASE_URL})`}`;
  return section(
    "Servers and credentials",
    [
      server,
      ...report.security.map(
        ({ scheme, known }) => `${printable(scheme)} ${known ? "(as ours)" : "(the client cannot send it)"}`,
      ),
      ...report.securityMissing.map((one) => `${one} is ours alone`),
    ],
    paint,
  );
}

function unknownInWords({ unknownOperations: unknown }: Report, paint: Paint): string {
  if (unknown.length === 0) return "";
  const lines = unknown
    .slice(0, MOST_UNKNOWN)
    .map(({ route, id, summary }) => printable([route, id, summary].filter(Boolean).join("  ")));
  const rest = unknown.length - lines.length;
  return section("Operations that the client does not have", rest > 0 ? [...lines, `and ${rest} more`] : lines, paint);
}

function pasteInWords(report: Report, paint: Paint): string {
  if (Object.keys(report.routes).length === 0) return "";
  const types = declarations(report);
  return [
    paint.bold("To paste, in JavaScript:"),
    javaScript(report),
    "",
    ...(types === "" ? [] : [paint.bold("In TypeScript, beside it:"), types, ""]),
    paint.bold("In Rust:"),
    rust(report),
    "",
    paint.bold("As JSON:"),
    json(report),
  ].join("\n");
}
