import { createContext, useContext } from 'react'

/** What the parts of one canvas, or of the list, share: which of their menus is open, and what is dragged. */
export interface CanvasState {
  /** The id of the line where a step is about to be added. */
  adding: string | null
  setAdding: (line: string | null) => void
  /** The box whose menu is open. */
  menu: string | null
  setMenu: (box: string | null) => void
  /** The line onto which a step is dragged. */
  over: string | null
}

const CanvasStateContext = createContext<CanvasState | null>(null)

export const CanvasStateProvider = CanvasStateContext.Provider

/** Only below `CanvasStateProvider`. */
export function useCanvasState(): CanvasState {
  const state = useContext(CanvasStateContext)
  if (!state) throw new Error('There is no canvas around; expected to be within a CanvasStateProvider')
  return state
}
