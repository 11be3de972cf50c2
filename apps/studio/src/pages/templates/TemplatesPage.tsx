import { Button, Group, SegmentedControl, Skeleton } from '@mantine/core'
import { IconMail, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Empty } from '../../parts/Empty.tsx'
import { PageTitle } from '../../parts/PageTitle.tsx'
import { SearchField } from '../../parts/SearchField.tsx'
import { Panel } from '../../parts/Panel.tsx'
import { Failure } from '../../shell/Failure.tsx'
import { useMayChange } from '../segments/useMayChange.ts'
import { TemplateRows } from './TemplateRows.tsx'
import { templatesQuery, type TemplateListed } from './templateQueries.ts'

const NewTemplateDialog = lazy(async () => ({
  default: (await import('./NewTemplateDialog.tsx')).NewTemplateDialog,
}))

const KINDS = ['all', 'own', 'shipped', 'drafts'] as const
type Kind = (typeof KINDS)[number]

const IS_KIND: Record<Kind, (template: TemplateListed) => boolean> = {
  all: () => true,
  own: ({ uses, isShipped }) => uses === 'own' || !isShipped,
  shipped: ({ uses }) => uses === 'shipped',
  drafts: ({ draft }) => draft !== null,
}

/** All templates: those that come with Ciclo, and the shop's own. */
export function TemplatesPage() {
  const { t } = useTranslation('templates')
  const mayChange = useMayChange()
  const { data, error, refetch } = useQuery(templatesQuery)
  const [wanted, setWanted] = useState('')
  const [kind, setKind] = useState<Kind>('all')
  const [isNew, setNew] = useState(false)
  const templates = data?.templates ?? []
  const words = wanted.trim().toLocaleLowerCase().split(/\s+/)
  const found = templates.filter(
    (template) => IS_KIND[kind](template) && words.every((word) => template.name.includes(word)),
  )
  return (
    <>
      <PageTitle
        title={t('title')}
        text={t('text')}
        actions={
          mayChange ? (
            <Button
              leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
              onClick={() => setNew(true)}
              disabled={!data}
            >
              {t('new.title')}
            </Button>
          ) : null
        }
      />
      {error ? <Failure error={error} reset={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton height={320} aria-busy="true" /> : null}
      {data ? (
        <>
          <Group gap="sm" mb="sm">
            <SearchField label={t('list.search')} value={wanted} onChange={setWanted} />
            <SegmentedControl
              aria-label={t('list.show')}
              value={kind}
              onChange={setKind}
              data={KINDS.map((value) => ({ value, label: t(`list.kinds.${value}`) }))}
            />
          </Group>
          {found.length === 0 ? (
            <Empty
              icon={<IconMail size={22} stroke={1.6} aria-hidden />}
              title={t(wanted.trim() === '' ? `empty.${kind}` : 'empty.search')}
            />
          ) : (
            <Panel>
              <TemplateRows templates={found} />
            </Panel>
          )}
        </>
      ) : null}
      {isNew ? (
        <Suspense>
          <NewTemplateDialog templates={templates} onClose={() => setNew(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
