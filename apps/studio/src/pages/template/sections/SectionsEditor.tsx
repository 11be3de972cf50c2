import { Alert, Button, Text, VisuallyHidden } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconPlus } from '@tabler/icons-react'
import type { EditableSource } from '@ciclo/templates/editing'
import { lazy, Suspense, useMemo, useState, type CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { settingsQuery } from '../../settings/settingsQuery.ts'
import { SectionCard } from './SectionCard.tsx'
import { SectionsContext, type PickImage, type SectionProblem } from './sectionsEditing.ts'
import { useSections } from './useSections.ts'
import classes from './SectionsEditor.module.css'

const Gallery = lazy(async () => ({ default: (await import('./Gallery.tsx')).Gallery }))

interface Props<Source extends EditableSource> {
  source: Source
  /** `field` names what is typed into, so that a word is taken back at once. */
  edit: (source: Source, field?: string) => void
  locale: string
  problems: readonly SectionProblem[]
  isReadOnly: boolean
  pickImage?: PickImage | undefined
}

/** A mail as the list of its sections, each of which shows what it says and can be changed where it stands. */
export function SectionsEditor<Source extends EditableSource>(props: Props<Source>) {
  const { source, edit, locale, problems, isReadOnly, pickImage } = props
  const { t } = useTranslation('template')
  const { data: settings } = useQuery(settingsQuery)
  const [adding, setAdding] = useState<number>()
  const sections = useSections(source, edit as (source: EditableSource, field?: string) => void, locale)
  const { blocks, ids, selected, said } = sections
  const shared = useMemo(
    () => ({ ...sections, source, locale, problems, isReadOnly, pickImage, settings }),
    [sections, source, locale, problems, isReadOnly, pickImage, settings],
  )
  if (blocks === undefined) return <Alert color="yellow">{t('sections.unreadable')}</Alert>

  const colours = settings?.brand.colours
  const style = {
    '--mail-accent': colours?.accent,
    '--mail-on-accent': colours?.onAccent,
    '--mail-background': colours?.background,
  } as CSSProperties
  return (
    <SectionsContext value={shared}>
      <div className={classes.mail} style={style}>
        {blocks.length === 0 ? <Text className={classes.empty}>{t('sections.empty')}</Text> : null}
        <ol className={classes.list} aria-label={t('sections.label')}>
          {blocks.map((block, index) => (
            <SectionCard
              key={ids[index]}
              block={block}
              index={index}
              isSelected={selected === ids[index]}
              onAdd={setAdding}
            />
          ))}
        </ol>
      </div>
      {isReadOnly ? null : (
        <Button
          variant="default"
          fullWidth
          mt="sm"
          leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
          onClick={() => setAdding(blocks.length)}
        >
          {t('sections.add')}
        </Button>
      )}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      {adding === undefined ? null : (
        <Suspense>
          <Gallery at={adding} onClose={() => setAdding(undefined)} />
        </Suspense>
      )}
    </SectionsContext>
  )
}
