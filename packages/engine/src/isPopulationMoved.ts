import { isMoved } from './gapCurve.ts'
import type { Population } from './population.ts'
import type { RfmLines } from './rfm.ts'
import type { Settings } from './settings.ts'

/** A line that moves by less is the same line: each version of the rules is looked at for every customer. */
const SHARE = 0.02

const isFar = (before: number, after: number) => Math.abs(after - before) > SHARE * Math.abs(before)

function areLinesMoved(before: RfmLines | null, after: RfmLines | null): boolean {
  if (!before || !after) return before !== after
  return (['frequency', 'monetary'] as const).some((figure) =>
    (['middle', 'top'] as const).some((line) => isFar(before[figure][line], after[figure][line])),
  )
}

/** Whether what the shop's customers together say differs by so much that everybody is judged by it anew. */
export function isPopulationMoved(before: Population | null, after: Population, settings: Settings): boolean {
  if (!before)
    return after.gaps !== null || after.vipLine !== null || after.rfm !== null || after.fit !== null
  return (
    isMoved(before.gaps, after.gaps, settings.gaps) ||
    (before.vipLine === null || after.vipLine === null
      ? before.vipLine !== after.vipLine
      : isFar(before.vipLine, after.vipLine)) ||
    areLinesMoved(before.rfm, after.rfm) ||
    before.fit?.at !== after.fit?.at
  )
}
