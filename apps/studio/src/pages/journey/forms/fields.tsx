import { Input, NumberInput, Select, Switch, TextInput } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { DurationField } from '../../segments/fields/DurationField.tsx'
import { useJourneyEditing } from '../journeyEditing.ts'
import type { Path } from '../model/valueAtPath.ts'
import { END } from '../model/ways.ts'
import { useStepWords } from '../words/useStepWords.ts'
import { useField } from './useField.ts'

export interface FieldAt {
  path: Path
  label: string
  /** Why it is asked, and what it does. */
  about?: string
}

interface Choice {
  value: string
  label: string
}

const describedBy = (about: string | undefined) => (about === undefined ? {} : { description: about })

/** A text; nothing in it takes it away where it may be left out. */
export function TextAt({
  path,
  label,
  about,
  isOptional = false,
  suggestions,
}: FieldAt & { isOptional?: boolean; suggestions?: readonly string[] }) {
  const { value, set, error, isReadOnly } = useField<string>(path)
  const list = useId()
  return (
    <>
      <TextInput
        label={label}
        {...describedBy(about)}
        value={value ?? ''}
        error={error}
        readOnly={isReadOnly}
        {...(suggestions ? { list } : {})}
        onChange={({ currentTarget }) =>
          set(isOptional && currentTarget.value === '' ? undefined : currentTarget.value)
        }
      />
      {suggestions ? (
        <datalist id={list}>
          {suggestions.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      ) : null}
    </>
  )
}

/** One of several; what is chosen and not offered any more is shown and stays. */
export function SelectAt({
  path,
  label,
  about,
  choices,
  none,
  isSearchable = false,
}: FieldAt & {
  choices: readonly Choice[]
  /** What it is called that nothing is chosen, where that may be. */
  none?: string
  isSearchable?: boolean
}) {
  const { value, set, error, isReadOnly } = useField<string>(path)
  const known = value === undefined || choices.some((choice) => choice.value === value)
  const data = [
    ...(none === undefined ? [] : [{ value: '', label: none }]),
    ...(known ? choices : [...choices, { value, label: value }]),
  ]
  return (
    <Select
      label={label}
      {...describedBy(about)}
      data={data}
      value={value ?? ''}
      error={error}
      readOnly={isReadOnly}
      allowDeselect={false}
      searchable={isSearchable}
      onChange={(next) => next !== null && set(next === '' ? undefined : next)}
    />
  )
}

/** How long: a number and a unit; `none` is what it is called that nothing is said. */
export function DurationAt({ path, label, about, none }: FieldAt & { none?: string }) {
  const { t } = useTranslation('journey')
  const { value, set, error, isReadOnly } = useField<number>(path)
  const id = useId()
  const errorId = `${id}-error`
  return (
    <Input.Wrapper
      label={label}
      labelElement="div"
      labelProps={{ id }}
      {...describedBy(about)}
      error={error}
      errorProps={{ id: errorId }}
      inputWrapperOrder={['label', 'description', 'input', 'error']}
      role="group"
      aria-labelledby={id}
    >
      {none === undefined ? null : (
        <Switch
          size="xs"
          mt={6}
          mb={value === undefined ? 0 : 6}
          label={none}
          checked={value === undefined}
          disabled={isReadOnly}
          onChange={({ currentTarget }) => set(currentTarget.checked ? undefined : 86_400_000)}
        />
      )}
      {value === undefined ? null : isReadOnly ? (
        <Input component="div">{`${t('form.amount')}: ${value}`}</Input>
      ) : (
        <DurationField
          value={value}
          onChange={set}
          fault={error === undefined ? { error: false } : { error: true, 'aria-errormessage': errorId }}
        />
      )}
    </Input.Wrapper>
  )
}

export function NumberAt({
  path,
  label,
  about,
  scale = 1,
  suffix,
  min,
  max,
}: FieldAt & { scale?: number; suffix?: string; min?: number; max?: number }) {
  const { value, set, error, isReadOnly } = useField<number>(path)
  return (
    <NumberInput
      label={label}
      {...describedBy(about)}
      value={typeof value === 'number' ? Number((value * scale).toPrecision(12)) : ''}
      error={error}
      readOnly={isReadOnly}
      {...(suffix === undefined ? {} : { suffix })}
      {...(min === undefined ? {} : { min })}
      {...(max === undefined ? {} : { max })}
      onChange={(typed) => set(typeof typed === 'number' ? typed / scale : null)}
    />
  )
}

/** A time of day, as `09:00`. */
export function TimeAt({ path, label, about }: FieldAt) {
  const { value, set, error, isReadOnly } = useField<string>(path)
  return (
    <TextInput
      type="time"
      label={label}
      {...describedBy(about)}
      value={value ?? ''}
      error={error}
      readOnly={isReadOnly}
      onChange={({ currentTarget }) => set(currentTarget.value)}
    />
  )
}

export function SwitchAt({ path, label, about }: FieldAt) {
  const { value, set, isReadOnly } = useField<boolean>(path)
  return (
    <Switch
      label={label}
      {...describedBy(about)}
      checked={value === true}
      disabled={isReadOnly}
      onChange={({ currentTarget }) => set(currentTarget.checked)}
    />
  )
}

/** Where a way leads: a step by what it does, or the end. */
export function TargetAt({
  path,
  label,
  about,
  self,
  none,
}: FieldAt & {
  /** The step whose way it is. */
  self: string
  /** What it is called that nothing is said. */
  none?: string
}) {
  const { t } = useTranslation('journey')
  const { definition } = useJourneyEditing()
  const words = useStepWords()
  return (
    <SelectAt
      path={path}
      label={label}
      {...(about === undefined ? {} : { about })}
      isSearchable
      {...(none === undefined ? {} : { none })}
      choices={[
        ...definition.steps
          .filter(({ id }) => id !== self)
          .map((step) => ({ value: step.id, label: `${step.id}: ${words.step(step)}` })),
        { value: END, label: t('form.theEnd') },
      ]}
    />
  )
}
