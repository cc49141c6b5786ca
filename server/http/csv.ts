/**
 * CSV as spreadsheets write and read it: RFC 4180 quotes, any line ending, a byte order mark or none, comma, semicolon or tab between
 * cells, UTF-8 or what Excel makes of it. On the way out no cell begins a formula, since a file from a till is opened on an office
 * computer, and names come from people.
 */
import { CsvError, parse } from "csv-parse/sync";
import type { TableIssue } from "../../shared/menu_table.ts";

export const SEPARATORS = [",", ";"] as const; // ";" is what Excel reads where the comma is a decimal sign
export type Separator = (typeof SEPARATORS)[number];

const BOM = "\uFEFF"; // without it Excel takes UTF-8 for something else
const FORMULA = /^'*[=+\-@\t\r]/;

export type CsvReading = { readonly ok: true; readonly rows: string[][] } | {
  readonly ok: false;
  readonly issue: TableIssue;
};

export function writeCsv(rows: readonly (readonly string[])[], separator: Separator): string {
  const cell = (text: string) => {
    const safe = FORMULA.test(text) ? `'${text}` : text;
    return safe.includes(separator) || /["\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return BOM + rows.map((row) => `${row.map(cell).join(separator)}\r\n`).join("");
}

export function readCsv(bytes: Uint8Array): CsvReading {
  const text = decode(bytes);
  try {
    const rows = parse(text, {
      delimiter: separatorOf(text),
      relax_column_count: true, // a row too short or too long is told by its column, with the others
      relax_quotes: true, // 5" is a name, not a mistake
      skip_empty_lines: false, // so that rows count as in the spreadsheet
    });
    return { ok: true, rows: rows.map((row) => row.map(bare)) };
  } catch (failure) {
    if (!(failure instanceof CsvError)) throw failure;
    const row = typeof failure["lines"] === "number" ? failure["lines"] : 1;
    return { ok: false, issue: { row, column: "", message: "has a quote that does not end, or ends in the middle" } };
  }
}

/** The text without the apostrophe that keeps a spreadsheet from running it. */
function bare(text: string): string {
  return text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text;
}

/** By the first line, which holds names of columns and so no such sign of its own. */
function separatorOf(text: string): string {
  const head = /^[^\r\n]*/.exec(text)![0];
  return [";", "\t"].find((sign) => head.includes(sign)) ?? ",";
}

/** Excel saves “CSV” in the code page of the country and “Unicode text” as UTF-16. */
function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes); // takes the byte order mark off
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
