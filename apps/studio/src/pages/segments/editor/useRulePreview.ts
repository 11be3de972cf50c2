import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { ApiProblem } from '../../../api/apiProblem.ts'
import { previewQuery, type SegmentPreview } from '../segmentQueries.ts'
import { ruleOf, type RuleNode } from '../rule/ruleTree.ts'
import type { RuleProblem } from './ruleEditing.ts'

/** Long enough that a word is typed, and short enough that nobody waits for it. */
const PAUSE = 350

export interface RulePreview {
  /** Of the rule as it was counted last. */
  preview: SegmentPreview | undefined
  /** It is of the rule as it is now. */
  isCurrent: boolean
  isCounting: boolean
  /** What the server has against the rule. */
  problems: readonly RuleProblem[]
  /** What went wrong that the rule is not to blame for. */
  failure: Error | null
  refresh: () => void
}

const NO_PROBLEMS: readonly RuleProblem[] = []

/** Places as the builder names them: the whole rule is the empty one. */
function problemsOf(error: unknown): readonly RuleProblem[] | undefined {
  if (!(error instanceof ApiProblem) || error.status !== 400) return undefined
  const listed = error.problems.filter(
    (problem): problem is RuleProblem =>
      typeof problem === 'object' && problem !== null && 'path' in problem && 'message' in problem,
  )
  const all = listed.length > 0 ? listed : [{ path: 'rule', message: error.message }]
  return all.map(({ path, message }) => ({ path: path.replace(/^rule\.?/, ''), message }))
}

/** Whom the rule is true of as it stands, asked again whenever it has changed and nobody types any more. */
export function useRulePreview(root: RuleNode): RulePreview {
  const rule = useMemo(() => ruleOf(root), [root])
  const isEmpty = root.type === 'group' && root.parts.length === 0
  const [asked] = useDebouncedValue(rule, PAUSE)
  const isAsked = useMemo(() => JSON.stringify(asked) === JSON.stringify(rule), [asked, rule])
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery({
    ...previewQuery(asked),
    enabled: !isEmpty && isAsked,
    placeholderData: keepPreviousData,
  })
  const refused = problemsOf(error)
  const isRefused = refused !== undefined
  // Until the next answer is there, the last one counts: what is marked does not flicker.
  const [kept, setKept] = useState(NO_PROBLEMS)
  const latest = refused ?? (isFetching || !isAsked ? kept : NO_PROBLEMS)
  if (latest !== kept && JSON.stringify(latest) !== JSON.stringify(kept)) setKept(latest)
  const answer = useMemo(
    () => ({
      preview: isEmpty || isRefused ? undefined : data,
      isCurrent: !isEmpty && isAsked && !isPlaceholderData && !isFetching && error === null,
      isCounting: !isEmpty && (isFetching || !isAsked),
      problems: isEmpty ? NO_PROBLEMS : kept,
      failure: error !== null && !isRefused ? error : null,
      refresh: () => void refetch(),
    }),
    [isEmpty, isRefused, data, isAsked, isPlaceholderData, isFetching, error, kept, refetch],
  )
  return answer
}
