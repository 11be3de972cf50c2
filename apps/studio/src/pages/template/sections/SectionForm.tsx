import { Button, NumberInput, Select, SimpleGrid, Switch, TextInput } from '@mantine/core'
import { IconPhoto } from '@tabler/icons-react'
import {
  editSection,
  editText,
  fieldsOf,
  isShown,
  NEW_TEXT,
  readBlocks,
  type Block,
  type FieldForm,
  type SectionValues,
} from '@ciclo/templates/editing'
import { useTranslation } from 'react-i18next'
import { AddressInput } from './AddressInput.tsx'
import { ElementsForm } from './ElementsForm.tsx'
import { useSectionsEditing } from './sectionsEditing.ts'
import { useSectionWords } from './useSectionWords.ts'
import classes from './SectionsEditor.module.css'

/** Only said by the code: whoever sees the section could not tell what it means. */
const UNASKED = new Set(['spacing'])

/** What can be set of a section besides its texts, by what its kind says of its values. */
export function SectionForm({ block, index }: { block: Block; index: number }) {
  const { kind } = block
  if (kind === 'code') return null
  if (kind === 'elements') return <ElementsForm block={block} />
  const values = block.values ?? {}
  const asked = fieldsOf(kind).filter(
    ([name, form]) =>
      !UNASKED.has(name) &&
      (form.form === 'text'
        ? form.isOptional && (name !== 'alt' || isAltShown(block))
        : isShown(kind, values, name)),
  )
  return asked.length === 0 ? null : (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" className={classes.form}>
      {asked.map(([name, form]) => (
        <Field key={name} name={name} form={form} values={values} index={index} />
      ))}
    </SimpleGrid>
  )
}

const isAltShown = ({ kind, values = {} }: Block): boolean => kind !== 'hero' || values['picture'] === 'own'

interface FieldProps {
  name: string
  form: FieldForm
  values: SectionValues
  index: number
}

function Field({ name, form, values, index }: FieldProps) {
  const { t } = useTranslation('template')
  const words = useSectionWords()
  const { source, locale, edit, pickImage } = useSectionsEditing()
  const value = values[name]
  const label = words.field(name)
  const set = (changed: SectionValues, field?: string) =>
    edit(editSection(source, index, changed, locale), field && `section/${index}/${field}`)
  /** Writes an optional text, which gets its string with the first letter. */
  const setText = (of: typeof source, text: string): typeof source => {
    const made = value === '' && text !== '' ? editSection(of, index, { [name]: NEW_TEXT }, locale) : of
    const key = readBlocks(made.mjml)?.blocks[index]?.values?.[name]
    return typeof key === 'string' && key !== '' ? editText(made, key, locale, text) : made
  }
  const pick = async () => {
    const picked = await pickImage?.()
    if (!picked) return
    const made = editSection(source, index, { [name]: picked.url }, locale)
    const alt = readBlocks(made.mjml)?.blocks[index]?.values?.['alt']
    edit(
      typeof alt === 'string' && alt !== '' && picked.alt !== ''
        ? editText(made, alt, locale, picked.alt)
        : made,
    )
  }

  switch (form.form) {
    case 'choice':
      return (
        <Select
          label={label}
          allowDeselect={false}
          data={form.options.map((option) => ({ value: option, label: words.option(name, option) }))}
          value={String(value)}
          onChange={(option) => (option === null ? undefined : set({ [name]: option }))}
        />
      )
    case 'flag':
      return (
        <Switch
          label={label}
          checked={value === true}
          onChange={(event) => set({ [name]: event.currentTarget.checked })}
          className={classes.switch}
        />
      )
    case 'number':
      return (
        <NumberInput
          label={label}
          min={form.min}
          max={form.max}
          allowDecimal={false}
          value={Number(value)}
          onChange={(number) => (typeof number === 'number' ? set({ [name]: number }, name) : undefined)}
        />
      )
    case 'url':
      return (
        <div>
          <AddressInput
            label={label}
            value={String(value)}
            fits={(address) => editSection(source, index, { [name]: address }, locale) !== source}
            onChange={(address) => set({ [name]: address }, name)}
          />
          {form.isPicture && pickImage ? (
            <Button
              variant="default"
              size="xs"
              mt={6}
              leftSection={<IconPhoto size={14} stroke={1.6} aria-hidden />}
              onClick={() => void pick()}
            >
              {t('sections.pickImage')}
            </Button>
          ) : null}
        </div>
      )
    case 'word':
      return (
        <AddressInput
          label={label}
          value={String(value)}
          problem={t('sections.wrongValue')}
          fits={(word) => editSection(source, index, { [name]: word }, locale) !== source}
          onChange={(word) => set({ [name]: word }, name)}
        />
      )
    case 'text':
    default:
      return name === 'alt' ? (
        <TextInput
          label={label}
          description={t('sections.fields.altHelp')}
          lang={locale}
          value={typeof value === 'string' && value !== '' ? (source.strings[locale]?.[value] ?? '') : ''}
          onChange={(event) => edit(setText(source, event.currentTarget.value), `section/${index}/${name}`)}
        />
      ) : (
        <Switch
          label={t('sections.withButton')}
          checked={value !== ''}
          onChange={(event) => set({ [name]: event.currentTarget.checked ? NEW_TEXT : '' })}
          className={classes.switch}
        />
      )
  }
}
