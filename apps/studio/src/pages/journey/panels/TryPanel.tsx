import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useJourneyEditing } from '../journeyEditing.ts'
import { PanelFrame } from './PanelFrame.tsx'
import { keptTries } from './try/keptTries.ts'
import { TryForm } from './try/TryForm.tsx'
import { beginTry, type TryHistory } from './try/trySession.ts'
import { TryStage } from './try/TryStage.tsx'

/** The journey with one customer, by a clock that the reader moves: nothing is sent, nothing is stored. */
export function TryPanel() {
  const { t } = useTranslation('journey')
  const { id } = useJourneyEditing()
  const [history, setHistory] = useState(() => keptTries.get(id))
  const keep = (next: TryHistory | undefined) => {
    if (next) keptTries.set(id, next)
    else keptTries.delete(id)
    setHistory(next)
  }
  return (
    <PanelFrame title={t('panels.try.title')} text={t('panels.try.text')}>
      {history ? (
        <TryStage history={history} onHistory={keep} onEnd={() => keep(undefined)} />
      ) : (
        <TryForm onBegin={(session) => keep(beginTry(session))} />
      )}
    </PanelFrame>
  )
}
