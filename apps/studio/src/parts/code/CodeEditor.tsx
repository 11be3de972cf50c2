import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { CodeAreaProps } from './CodeArea.tsx'

// The editor itself is larger than the page around it.
const CodeArea = lazy(async () => ({ default: (await import('./CodeArea.tsx')).CodeArea }))

/** A text of a language with its colours, completion and problems at their lines. Loaded when it is first shown. */
export function CodeEditor(props: CodeAreaProps) {
  return (
    <Suspense fallback={<Skeleton height={360} aria-busy="true" />}>
      <CodeArea {...props} />
    </Suspense>
  )
}
