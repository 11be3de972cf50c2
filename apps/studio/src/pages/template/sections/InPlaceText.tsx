import { ActionIcon, Menu, Textarea } from '@mantine/core'
import { IconBraces } from '@tabler/icons-react'
import { editText, TEXT_VARIABLES } from '@ciclo/templates/editing'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useSectionsEditing } from './sectionsEditing.ts'
import classes from './SectionsEditor.module.css'

/** The text of a string in the shown language, written where it stands. */
export function InPlaceText({
  textKey,
  label,
  look = 'body',
}: {
  textKey: string
  label: string
  look?: string
}) {
  const { t } = useTranslation('template')
  const { source, locale, isReadOnly, edit } = useSectionsEditing()
  const area = useRef<HTMLTextAreaElement>(null)
  const texts = source.strings[locale] ?? {}
  const isMissing = !Object.hasOwn(texts, textKey)
  const value = isMissing ? '' : (texts[textKey] ?? '')
  const write = (text: string, field?: string) => edit(editText(source, textKey, locale, text), field)
  const insert = (liquid: string) => {
    const { selectionStart = value.length, selectionEnd = value.length } = area.current ?? {}
    write(value.slice(0, selectionStart) + liquid + value.slice(selectionEnd))
    area.current?.focus()
  }
  return (
    <div className={classes.inPlace} data-look={look} data-missing={isMissing || undefined}>
      <Textarea
        ref={area}
        variant="unstyled"
        autosize
        minRows={1}
        lang={locale}
        aria-label={label}
        placeholder={t('sections.missing')}
        readOnly={isReadOnly}
        value={value}
        onChange={(event) => write(event.currentTarget.value, `text/${locale}/${textKey}`)}
        classNames={{ input: classes.area ?? '' }}
      />
      {isReadOnly ? null : (
        <Menu position="bottom-end" withinPortal returnFocus={false}>
          <Menu.Target>
            <ActionIcon
              className={classes.insert}
              size="sm"
              variant="default"
              aria-label={`${t('sections.insert')}: ${label}`}
            >
              <IconBraces size={14} stroke={1.6} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('sections.insert')}</Menu.Label>
            {TEXT_VARIABLES.map(({ name, liquid }) => (
              <Menu.Item key={name} onClick={() => insert(liquid)}>
                {t(`sections.variables.${name}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  )
}
