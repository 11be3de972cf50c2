import { useCallback, useRef, type FocusEvent, type RefObject } from 'react'

/**
 * Whether the focus belongs to a part of the page: it is there, or was there, or in one of its menus, when what had it
 * was taken away. Whoever adds a step by a key goes on from that step.
 */
export function useKeptFocus(place: RefObject<HTMLElement | null>) {
  const isOurs = useRef(false)
  const onFocus = useCallback(() => {
    isOurs.current = true
  }, [])
  const onBlur = useCallback(({ relatedTarget }: FocusEvent) => {
    // What is taken away leaves the focus to nobody.
    if (relatedTarget) isOurs.current = false
  }, [])
  const hasFocus = useCallback(() => {
    const { activeElement, body } = document
    return (isOurs.current && activeElement === body) || Boolean(place.current?.contains(activeElement))
  }, [place])
  return { onFocus, onBlur, hasFocus }
}
