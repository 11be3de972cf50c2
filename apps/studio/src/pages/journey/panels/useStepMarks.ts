import { useEffect, useRef } from 'react'
import { useJourneyEditing, type StepMark } from '../journeyEditing.ts'

/** Shows marks on the steps of the canvas for as long as the panel is there. Give it the same map while nothing changes. */
export function useStepMarks(marks: ReadonlyMap<string, StepMark> | null): void {
  const { mark } = useJourneyEditing()
  const latest = useRef(mark)
  useEffect(() => {
    latest.current = mark
  }, [mark])
  useEffect(() => latest.current(marks), [marks])
  useEffect(() => () => latest.current(null), [])
}
