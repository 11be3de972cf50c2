// How files of tables are read, alike at the command line and in the studio: text in, rows with their numbers out.
export { delimiterOf, DELIMITERS } from './delimiterOf.ts'
export { findFirstLine } from './findFirstLine.ts'
export { readRecords, type CsvRecord } from './readRecords.ts'
export { readRows } from './readRows.ts'
export { splitLines, type Line } from './splitLines.ts'
