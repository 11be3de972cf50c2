import type { EditableSource } from '@ciclo/templates/editing'
import { Skeleton, Stack, Tabs } from '@mantine/core'
import { useDebouncedValue, useHotkeys } from '@mantine/hooks'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DraftNotes } from '../../drafts/DraftStatusLine.tsx'
import { PageTitle } from '../../parts/PageTitle.tsx'
import { useImagePick } from '../images/useImagePick.tsx'
import { useMayChange } from '../segments/useMayChange.ts'
import type { TemplateDetail } from '../templates/templateQueries.ts'
import { BrandPanel } from './parts/BrandPanel.tsx'
import { describeDifference } from './parts/describeDifference.ts'
import { MailSettings } from './parts/MailSettings.tsx'
import { TemplateActions } from './parts/TemplateActions.tsx'
import { TemplateState } from './parts/TemplateState.tsx'
import { useTemplateProblems, type TemplateProblem } from './parts/useTemplateProblems.ts'
import { PreviewPane } from './preview/PreviewPane.tsx'
import type { PreviewChoice } from './preview/usePreview.ts'
import { TEMPLATE_VIEWS, type TemplateView } from './readTemplateSearch.ts'
import { InboxFields } from './sections/InboxFields.tsx'
import { stringKeys } from './strings/stringKeys.ts'
import { useTemplateEditing } from './useTemplateEditing.ts'
import classes from './TemplateEditor.module.css'

const SectionsEditor = lazy(async () => ({
  default: (await import('./sections/SectionsEditor.tsx')).SectionsEditor,
}))
const ReportView = lazy(async () => ({ default: (await import('../reports/ReportView.tsx')).ReportView }))
const CodeView = lazy(async () => ({ default: (await import('./code/CodeView.tsx')).CodeView }))
const StringsView = lazy(async () => ({ default: (await import('./strings/StringsView.tsx')).StringsView }))
const VersionsView = lazy(async () => ({
  default: (await import('./versions/VersionsView.tsx')).VersionsView,
}))

/** After the last letter: then it is rendered and checked. */
const PAUSE = 450
/** The preview stands beside these. */
const EDITED: readonly TemplateView[] = ['sections', 'code', 'strings']

interface Jump {
  problem: TemplateProblem
  at: number
}

/** What is edited of a template, in one view or another, beside the mail that it makes. */
export function TemplateEditor({ detail, onChanged }: { detail: TemplateDetail; onChanged: () => void }) {
  const { name } = detail
  const { t } = useTranslation('template')
  const navigate = useNavigate()
  const { view = 'sections' } = useSearch({ from: '/inside/templates/$templateName' })
  const isReadOnly = !useMayChange()
  const editing = useTemplateEditing(detail, isReadOnly)
  const { draft, value, change, undo, redo } = editing
  const [settled] = useDebouncedValue(value, PAUSE)
  const { problems } = useTemplateProblems(name, settled)
  const [choice, setChoice] = useState<PreviewChoice>({ customerId: null, locale: null })
  const [jump, setJump] = useState<Jump>()
  // Sections say nothing of what else belongs to a mail, such as its purpose.
  const onSections = (next: EditableSource, field?: string) =>
    change((before) => ({ ...before, mjml: next.mjml, strings: next.strings, formal: next.formal }), field)
  const { pickImage, dialog } = useImagePick()
  const show = useCallback(
    (next: TemplateView) =>
      void navigate({
        to: '/templates/$templateName',
        params: { templateName: name },
        search: { view: next },
        replace: true,
      }),
    [navigate, name],
  )
  const onJump = useCallback(
    (problem: TemplateProblem) => {
      show(problem.place.key === undefined ? 'code' : 'strings')
      setJump({ problem, at: performance.now() })
    },
    [show],
  )
  const onMjml = useCallback((mjml: string) => change((before) => ({ ...before, mjml }), 'mjml'), [change])
  const keys = useMemo(() => stringKeys(settled).map(({ key }) => key), [settled])
  const line = jump?.problem.place.line
  const lineJump = useMemo(
    () => (jump && line !== undefined ? { line, at: jump.at } : undefined),
    [jump, line],
  )
  const keyJump = useMemo(
    () =>
      jump?.problem.place.key === undefined
        ? undefined
        : { key: jump.problem.place.key, locale: jump.problem.locale, at: jump.at },
    [jump],
  )
  useHotkeys([
    ['mod+Z', () => undo?.()],
    ['mod+Shift+Z', () => redo?.()],
    ['mod+Y', () => redo?.()],
  ])
  const isEdited = EDITED.includes(view)
  // The language that is previewed may have been taken out since.
  const written =
    choice.locale !== null && Object.hasOwn(value.strings, choice.locale)
      ? choice.locale
      : firstLocale(value.strings)

  return (
    <>
      <PageTitle
        title={name}
        text={<TemplateState detail={detail} status={draft.status} />}
        actions={
          <TemplateActions
            detail={detail}
            editing={editing}
            choice={choice}
            problems={problems}
            isReadOnly={isReadOnly}
            onChanged={onChanged}
            onJump={onJump}
          />
        }
      />
      <DraftNotes
        draft={draft}
        describe={(mine, theirs) =>
          describeDifference(mine, theirs).map(({ kind, ...what }) => t(`difference.${kind}`, what))
        }
      />
      <Tabs
        value={view}
        onChange={(next) => show(TEMPLATE_VIEWS.find((one) => one === next) ?? 'sections')}
        keepMounted={false}
        mb="md"
      >
        <Tabs.List aria-label={t('views.label')}>
          {TEMPLATE_VIEWS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`views.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      <div className={isEdited ? classes.columns : undefined}>
        <div className={classes.column}>
          <div>
            <Suspense fallback={<Skeleton height={420} aria-busy="true" />}>
              {view === 'sections' ? (
                <Stack gap="sm">
                  <InboxFields
                    value={value}
                    change={change}
                    locale={written}
                    onLocale={(locale) => setChoice({ ...choice, locale })}
                    isReadOnly={isReadOnly}
                  />
                  <SectionsEditor
                    source={value}
                    edit={onSections}
                    locale={written}
                    problems={problems ?? []}
                    isReadOnly={isReadOnly}
                    pickImage={pickImage}
                  />
                </Stack>
              ) : null}
              {view === 'report' ? <ReportView kind="templates" id={name} /> : null}
              {view === 'code' ? (
                <CodeView
                  mjml={value.mjml}
                  onChange={onMjml}
                  keys={keys}
                  problems={problems}
                  isReadOnly={isReadOnly}
                  jump={lineJump}
                  pickImage={pickImage}
                />
              ) : null}
              {view === 'strings' ? (
                <StringsView
                  value={value}
                  change={change}
                  isReadOnly={isReadOnly}
                  locale={choice.locale}
                  jump={keyJump}
                />
              ) : null}
              {view === 'versions' ? (
                <VersionsView detail={detail} draft={draft} isReadOnly={isReadOnly} onChanged={onChanged} />
              ) : null}
            </Suspense>
          </div>
          {isEdited ? (
            <MailSettings name={name} value={value} change={change} isReadOnly={isReadOnly} />
          ) : null}
        </div>
        {isEdited ? (
          <div className={classes.preview}>
            <PreviewPane
              name={name}
              value={settled}
              choice={choice}
              onChoose={setChoice}
              problems={problems}
              onJump={onJump}
            />
            <BrandPanel />
          </div>
        ) : null}
      </div>
      {dialog}
    </>
  )
}

/** English, or without it the first by name, as mails fall back to it. */
const firstLocale = (strings: TemplateDetail['source']['strings']): string =>
  Object.hasOwn(strings, 'en') ? 'en' : (Object.keys(strings).toSorted()[0] ?? 'en')
