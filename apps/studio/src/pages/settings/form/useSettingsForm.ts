import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'
import { withBody } from '../../../api/withBody.ts'
import { sessionQuery } from '../../../session/sessionQuery.ts'
import { settingsQuery, type Settings } from '../settingsQuery.ts'
import { useDayWord } from '../useDayWord.ts'
import { useMayChange } from '../useMayChange.ts'
import { patchBetween } from './patchBetween.ts'
import { problemIn } from './problemIn.ts'
import { valueAt, withValueAt, type SettingPath, type SettingValue } from './settingPath.ts'

const DAY = 86_400_000

/**
 * The settings as somebody is changing them: what was saved with the changes on top. Only what differs is sent; what
 * somebody else saves meanwhile at other places stays.
 */
export function useSettingsForm() {
  const { data: saved } = useSuspenseQuery(settingsQuery)
  const mayChange = useMayChange('settings')
  const client = useQueryClient()
  const dayWord = useDayWord()
  const [base, setBase] = useState<Settings>(saved)
  const [draft, setDraft] = useState<Settings>(saved)
  const [savedAt, setSavedAt] = useState<number | null>(null)
  const patch = patchBetween(base, draft)
  const isDirty = Object.keys(patch).length > 0
  // Seen anew from the server while nothing is being changed.
  if (!isDirty && saved !== base) {
    setBase(saved)
    setDraft(saved)
  }
  const saving = useMutation({
    mutationFn: (changes: Record<string, unknown>) => ask(api.settings.index.$patch({}, withBody(changes))),
    onSuccess: (settings) => {
      client.setQueryData(settingsQuery.queryKey, settings)
      setBase(settings)
      setDraft(settings)
      setSavedAt(Date.now())
      // Its name, currency and clock are shown everywhere.
      void client.invalidateQueries({ queryKey: sessionQuery.queryKey })
      void client.invalidateQueries({ queryKey: ['insight'] })
    },
  })
  const problem = problemIn(saving.error)
  const get = <Path extends SettingPath>(path: Path) => valueAt(draft, path)
  const set = <Path extends SettingPath>(path: Path, value: SettingValue<Path> | undefined) => {
    setSavedAt(null)
    setDraft((current) => withValueAt(current, path, value))
  }
  const textAt = (path: SettingPath) => {
    const value: unknown = get(path)
    return typeof value === 'string' ? value : ''
  }
  /** What is wrong at a place, or below one that is one field. */
  const errorAt = (path: SettingPath) =>
    problem && (problem.path === path || problem.path.startsWith(`${path}.`)) ? problem.message : undefined
  const shared = (path: SettingPath) => {
    const error = errorAt(path)
    return { ...(error === undefined ? {} : { error }), name: path }
  }

  return {
    settings: draft,
    saved: base,
    get,
    set,
    errorAt,
    patch,
    isDirty,
    mayChange,
    problem,
    savedAt,
    isSaving: saving.isPending,
    save: () => {
      if (isDirty && mayChange && !saving.isPending) saving.mutate(patch)
    },
    discard: () => {
      setDraft(base)
      saving.reset()
    },
    /** What a field of text needs; empty is undefined, or what `empty` says. */
    text: (path: SettingPath, empty?: string | null) => ({
      ...shared(path),
      value: textAt(path),
      onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
        set(path, (value === '' ? empty : value) as never),
    }),
    /** What a field of a number needs; `unit` of what is stored make one of what is shown. */
    number: (path: SettingPath, unit = 1) => {
      const value = get(path) as number | null | undefined
      return {
        ...shared(path),
        value: value === null || value === undefined ? ('' as const) : Math.round((value / unit) * 1e6) / 1e6,
        onChange: (given: number | string) =>
          set(
            path,
            (given === ''
              ? null
              : typeof given === 'number'
                ? Math.round(given * unit * 1e6) / 1e6
                : given) as never,
          ),
      }
    },
    /** Of a duration, in days. */
    days: (path: SettingPath) => {
      const value = get(path) as number
      return {
        ...shared(path),
        value: Math.round((value / DAY) * 100) / 100,
        suffix: dayWord(Math.round((value / DAY) * 100) / 100),
        onChange: (given: number | string) =>
          set(path, (typeof given === 'number' ? Math.round(given * DAY) : given) as never),
      }
    },
    flag: (path: SettingPath) => ({
      ...shared(path),
      checked: Boolean(get(path)),
      onChange: ({ currentTarget: { checked } }: { currentTarget: { checked: boolean } }) =>
        set(path, checked as never),
    }),
    choice: (path: SettingPath) => ({
      ...shared(path),
      value: textAt(path),
      onChange: (value: string | null) => {
        if (value !== null) set(path, value as never)
      },
    }),
  }
}

export type SettingsForm = ReturnType<typeof useSettingsForm>
