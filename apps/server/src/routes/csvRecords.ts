import { stringify } from 'csv-stringify/sync'

/** RFC 4180 has no control characters; JSON lines say what was really there. */
const withoutControls = (value: unknown) =>
  typeof value === 'string' ? value.replaceAll(/\p{Cc}/gu, ' ') : value

/** Rows of CSV. What a spreadsheet would take for a formula begins with an apostrophe, which makes it text there. */
export const csvRecords = (rows: readonly (readonly unknown[])[]): string =>
  stringify(
    rows.map((row) => row.map(withoutControls)),
    { record_delimiter: 'windows', escape_formulas: true },
  )
