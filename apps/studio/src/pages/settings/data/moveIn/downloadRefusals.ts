import type { Remark } from '@ciclo/csv'
import { saveText } from '../saveText.ts'

/** A cell that a spreadsheet would run is told as the text that it is. */
const cell = (text: string | number) =>
  `"${String(text)
    .replace(/^[=+\-@\t\r]/, "'$&")
    .replaceAll('"', '""')}"`

/** Has the browser save the rows that were refused as CSV. */
export const downloadRefusals = (refusals: readonly (Remark & { file: string })[]): void =>
  saveText(
    'refused.csv',
    [
      'file,row,reason',
      ...refusals.map(({ file, row, reason }) => [file, row, reason].map(cell).join(',')),
    ].join('\n'),
  )
