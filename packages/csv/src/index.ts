// How files of tables are read, and sent to the server, alike at the command line and in the studio.
export { delimiterOf, DELIMITERS } from './delimiterOf.ts'
export { ENCODINGS, type Encoding } from './detectEncoding.ts'
export { findFirstLine } from './findFirstLine.ts'
export { openTable, type Table, type TableHash } from './openTable.ts'
export { readRecords, type CsvRecord } from './readRecords.ts'
export { readRows } from './readRows.ts'
export type { GoesOn, Remark } from './recordsOf.ts'
export {
  addMonths,
  NO_TALLY,
  sendTable,
  type OrderMonth,
  type PageAnswer,
  type TablePage,
  type TableReceiver,
  type Tally,
} from './sendTable.ts'
export { splitLines, type Line } from './splitLines.ts'
export { tablesIn } from './tablesIn.ts'
export type { TableSource } from './tableSource.ts'
