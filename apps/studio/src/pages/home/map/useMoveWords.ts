import { useFormats } from '../../../formats/useFormats.ts'
import type { MapMove } from '../homeQuery.ts'

/** How many moved: by share, and in a small shop by number. */
export function useMoveWords(isSmall: boolean): (move: MapMove) => string {
  const formats = useFormats()
  return ({ moves, of }) =>
    isSmall || of === 0 ? formats.number(moves) : formats.percent(moves / of, moves / of < 0.1 ? 1 : 0)
}
