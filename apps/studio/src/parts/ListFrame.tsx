import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { Failure } from '../shell/Failure.tsx'
import { Empty } from './Empty.tsx'
import { PageTitle } from './PageTitle.tsx'

/** A page that lists something: while it loads, where that failed, and where there is nothing yet. */
export function ListFrame({
  title,
  text,
  begin,
  query: { data, error, refetch },
  isEmpty,
  empty,
  children,
}: {
  title: string
  text: string
  /** By what a first one is made, and any other. */
  begin?: ReactNode
  query: { data: unknown; error: Error | null; refetch: () => unknown }
  isEmpty: boolean
  empty: { icon: ReactNode; title: string; text: string }
  children: ReactNode
}) {
  const isThere = data !== undefined
  return (
    <>
      <PageTitle title={title} text={text} actions={isThere && !isEmpty ? begin : null} />
      {error && !isThere ? <Failure error={error} reset={() => void refetch()} /> : null}
      {!isThere && !error ? <Skeleton height={240} aria-busy="true" /> : null}
      {isThere && isEmpty ? <Empty {...empty} action={begin} /> : null}
      {isThere ? children : null}
    </>
  )
}
