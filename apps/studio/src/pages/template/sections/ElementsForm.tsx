import { Fieldset, Select, SimpleGrid, Stack } from '@mantine/core'
import {
  editAttribute,
  elementsOf,
  fitsForm,
  type Block,
  type EditableElement,
} from '@ciclo/templates/editing'
import { useTranslation } from 'react-i18next'
import { AddressInput } from './AddressInput.tsx'
import { useSectionsEditing } from './sectionsEditing.ts'
import classes from './SectionsEditor.module.css'

/** What can be set of the elements of a section that no kind of the catalogue is: all else of it stays as it is. */
export function ElementsForm({ block }: { block: Block }) {
  const { t } = useTranslation('template')
  const { source, edit } = useSectionsEditing()
  const change = (element: EditableElement, name: string, value: string) =>
    edit(
      { ...source, mjml: editAttribute(source.mjml, element, name, value) },
      `element/${element.from}/${name}`,
    )
  return (
    <Stack gap="sm" className={classes.form}>
      {elementsOf(source.mjml, block).map((element, place) => (
        <Fieldset
          key={place}
          legend={t(`sections.elements.${element.tag}` as 'sections.elements.mj-text')}
          variant="filled"
        >
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
            {element.attributes.map(({ name, form, value }) => {
              const label = t(`sections.attributes.${name}` as 'sections.attributes.href')
              // What the code says in its own way stays; another value takes its place.
              return form === 'align' ? (
                <Select
                  key={name}
                  label={label}
                  clearable
                  data={['left', 'center', 'right']}
                  value={value === '' ? null : value}
                  onChange={(next) => change(element, name, next ?? '')}
                />
              ) : (
                <AddressInput
                  key={name}
                  label={label}
                  value={value}
                  problem={
                    form === 'url' || form === 'picture'
                      ? t('sections.wrongAddress')
                      : t('sections.wrongValue')
                  }
                  fits={(next) => fitsForm(form, next)}
                  onChange={(next) => change(element, name, next)}
                />
              )
            })}
          </SimpleGrid>
        </Fieldset>
      ))}
    </Stack>
  )
}
